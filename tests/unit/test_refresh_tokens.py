"""A refresh token is good once, and an old one that comes back ends its family."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import text

from minisrv.auth import refresh_tokens
from minisrv.auth.refresh_tokens import GRACE_SECONDS, MOST, RETRIES, Grant
from minisrv.db import models
from minisrv.db.engines import open_engine
from minisrv.db.models import Database, User, open_database
from minisrv.errors import NotSignedIn, TokenReused
from tests.support.live import SECRET

NOW = int(time.time())
DAY = 24 * 60 * 60
IDLE = DAY // 2
LATER = NOW + GRACE_SECONDS  # the first moment at which a token of NOW is exchanged


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    engine = open_engine(f"sqlite:///{tmp_path / 'trax.sqlite3'}")
    database = open_database(engine)
    models.add(database, User(email="ada@trax.test", password="a hash"))
    yield database
    engine.dispose()


@pytest.fixture
def first(database: Database) -> Grant:
    return refresh_tokens.start(database, 1, DAY, NOW)


def rotate(database: Database, grant: Grant, now: float = NOW, *keys: str) -> Grant:
    return refresh_tokens.rotate(database, grant.family, grant.token, keys or (SECRET,), IDLE, now)


def families(database: Database) -> int:
    with database() as session:
        return session.scalar(text("SELECT count(*) FROM refresh_tokens"))


def test_each_is_exchanged_for_the_next_and_the_family_ends_when_it_was_to_end(
    database: Database, first: Grant
) -> None:
    grants = [first]
    for quarter in (1, 2, 3):
        grants.append(rotate(database, grants[-1], NOW + quarter * DAY // 4))
    assert len({grant.token for grant in grants}) == 4
    assert {grant.family for grant in grants} == {first.family} and families(database) == 1
    assert [grant.seconds for grant in grants] == [DAY, DAY * 3 // 4, DAY // 2, DAY // 4]
    with pytest.raises(NotSignedIn) as raised:
        rotate(database, grants[-1], NOW + DAY)
    assert raised.type is NotSignedIn


def test_a_user_who_stays_away_for_too_long_has_to_sign_in_again(
    database: Database, first: Grant
) -> None:
    second = rotate(database, first, NOW + IDLE - 1)
    with pytest.raises(NotSignedIn) as raised:
        rotate(database, second, NOW + 2 * IDLE - 1)  # a second before the end of all
    assert raised.type is NotSignedIn


def test_an_old_one_that_comes_back_ends_the_family_for_all_who_have_a_token_of_it(
    database: Database, first: Grant
) -> None:
    second = rotate(database, first, LATER)
    third = rotate(database, second, LATER + GRACE_SECONDS)
    with pytest.raises(TokenReused):
        rotate(database, first, LATER + GRACE_SECONDS)
    assert families(database) == 0
    with pytest.raises(NotSignedIn):
        rotate(database, third, LATER + GRACE_SECONDS)


@pytest.mark.parametrize("late", [GRACE_SECONDS, 2 * GRACE_SECONDS, IDLE - 1])
def test_a_retry_is_good_as_long_as_nobody_has_used_the_answer_that_got_lost(
    database: Database, first: Grant, late: int
) -> None:
    rotate(database, first, LATER)  # the response is lost
    again = rotate(database, first, LATER + late)
    assert rotate(database, first, LATER + late).token == again.token  # another tab
    third = rotate(database, again, LATER + late + GRACE_SECONDS)
    assert len({first.token, again.token, third.token}) == 3
    with pytest.raises(TokenReused):
        rotate(database, first, LATER + late + GRACE_SECONDS)
    assert families(database) == 0


def test_answers_may_get_lost_again_and_again_but_not_for_ever(
    database: Database, first: Grant
) -> None:
    given = {rotate(database, first, NOW + n * GRACE_SECONDS).token for n in range(1, RETRIES)}
    last = rotate(database, first, NOW + RETRIES * GRACE_SECONDS - 1)
    assert len(given) == RETRIES - 1 and rotate(database, last, NOW).token == last.token
    rotate(database, first, NOW + RETRIES * GRACE_SECONDS)
    with pytest.raises(TokenReused):
        rotate(database, first, NOW + (RETRIES + 1) * GRACE_SECONDS)


def test_an_answer_that_was_not_lost_and_comes_after_a_retry_ends_the_family(
    database: Database, first: Grant
) -> None:
    second = rotate(database, first, LATER)
    instead = rotate(database, first, LATER + GRACE_SECONDS)
    assert instead.token != second.token
    with pytest.raises(TokenReused):
        rotate(database, second, LATER + GRACE_SECONDS)
    with pytest.raises(NotSignedIn):
        rotate(database, instead, LATER + GRACE_SECONDS)


@pytest.mark.parametrize("pause", [GRACE_SECONDS, 5 * 60, 15 * 60, 20 * 60, 2 * 60 * 60])
@pytest.mark.parametrize("behind", [GRACE_SECONDS, 7 * 60 + 30, 15 * 60 - GRACE_SECONDS])
def test_a_thief_who_renews_now_and_then_is_noticed(
    database: Database, first: Grant, pause: int, behind: int
) -> None:
    """Ada renews every quarter of an hour, and a thief every `pause` seconds, `behind` her."""
    ada = thief = first
    renewals = [(NOW + n * 15 * 60, "ada") for n in range(1, 25)]
    renewals += [(NOW + 15 * 60 + behind + n * pause, "thief") for n in range(400)]
    with pytest.raises(TokenReused):
        for now, name in sorted(renewals):
            if name == "ada":
                ada = rotate(database, ada, now)
            else:
                thief = rotate(database, thief, now)
    assert families(database) == 0 and now <= NOW + 3 * max(pause, 15 * 60) + behind


@pytest.mark.parametrize("late", [0, GRACE_SECONDS - 1, -GRACE_SECONDS])
def test_within_the_grace_it_gets_the_same_answer_and_so_makes_no_second_branch(
    database: Database, first: Grant, late: int
) -> None:
    second = rotate(database, first, LATER)
    assert rotate(database, first, LATER + late).token == second.token != first.token
    assert rotate(database, second, LATER + late).token == second.token
    assert rotate(database, second, LATER + GRACE_SECONDS).token != second.token


def test_of_many_at_once_all_get_the_one_that_follows(database: Database, first: Grant) -> None:
    with ThreadPoolExecutor(8) as pool:
        grants = list(pool.map(lambda _: rotate(database, first, LATER), range(24)))
        again = list(pool.map(lambda _: rotate(database, first, LATER + GRACE_SECONDS), range(24)))
    (token,), (instead,) = {grant.token for grant in grants}, {grant.token for grant in again}
    assert len({first.token, token, instead}) == 3 and families(database) == 1


def test_a_tab_that_was_slow_finds_that_no_more_than_one_has_followed(
    database: Database, first: Grant
) -> None:
    second = rotate(database, first, LATER)
    for now in (LATER, LATER + 20, LATER + GRACE_SECONDS - 1):
        assert rotate(database, second, now).token == second.token
        assert rotate(database, first, now).token == second.token


def test_a_clock_that_is_set_back_ends_no_family(database: Database, first: Grant) -> None:
    second = rotate(database, first, LATER)
    assert rotate(database, second, NOW - DAY).token == second.token
    assert rotate(database, first, NOW - DAY).token == second.token
    assert rotate(database, second, LATER + GRACE_SECONDS).token != second.token


@pytest.mark.parametrize("token", ["", "x", "\xff" * 43, "a" * 5000])
def test_what_was_never_one_ends_it(database: Database, first: Grant, token: str) -> None:
    with pytest.raises(TokenReused):
        rotate(database, Grant(first.family, token, 0))
    assert families(database) == 0


def test_a_token_is_worth_nothing_in_another_family(database: Database, first: Grant) -> None:
    other = refresh_tokens.start(database, 1, DAY, NOW)
    with pytest.raises(TokenReused):
        rotate(database, Grant(first.family, other.token, 0))
    assert rotate(database, other).family == other.family
    with pytest.raises(NotSignedIn):
        rotate(database, Grant("no such family", other.token, 0))


def test_nobody_without_the_key_can_tell_what_follows(database: Database, first: Grant) -> None:
    (guess, *_) = refresh_tokens._successors(first.token, "another key")
    assert rotate(database, first, LATER).token != guess
    with pytest.raises(TokenReused):
        rotate(database, Grant(first.family, guess, 0))


def test_a_new_key_ends_no_family_also_where_a_response_got_lost(
    database: Database, first: Grant
) -> None:
    new, late = ("2:" + SECRET, SECRET), LATER + GRACE_SECONDS
    second = rotate(database, first, LATER)
    assert rotate(database, first, LATER, *new).token == second.token
    instead = rotate(database, first, late, *new)
    third = rotate(database, instead, late + GRACE_SECONDS, *new)
    fourth = rotate(database, third, late + 2 * GRACE_SECONDS, new[0])
    assert len({one.token for one in (first, second, instead, third, fourth)}) == 5
    with pytest.raises(TokenReused):
        rotate(database, second, late + 2 * GRACE_SECONDS, *new)


def test_a_stolen_table_opens_nothing(database: Database, first: Grant) -> None:
    second = rotate(database, first, LATER)
    assert second.token != first.token
    with database() as session:
        row = dict(session.execute(text("SELECT * FROM refresh_tokens")).mappings().one())
    assert not {first.token, second.token} & {str(value) for value in row.values()}
    with pytest.raises(TokenReused):
        rotate(database, Grant(row["family"], row["digest"], 0))


def test_two_sign_ins_have_nothing_in_common(database: Database, first: Grant) -> None:
    other = refresh_tokens.start(database, 1, DAY, NOW)
    assert other.family != first.family and other.token != first.token
    refresh_tokens.revoke_by(database, "a token that nobody has")
    assert families(database) == 2
    refresh_tokens.revoke_by(database, first.token)
    assert rotate(database, other).family == other.family
    with pytest.raises(NotSignedIn):
        rotate(database, first)


def test_one_account_is_remembered_in_so_many_places_and_the_oldest_gives_way(
    database: Database, first: Grant
) -> None:
    models.add(database, User(email="grace@trax.test", password="a hash"))
    other = refresh_tokens.start(database, 2, DAY, NOW)
    for second in range(1, MOST):
        refresh_tokens.start(database, 1, DAY, NOW + second)
    assert families(database) == MOST + 1
    refresh_tokens.start(database, 1, DAY, NOW + MOST)
    assert families(database) == MOST + 1
    with pytest.raises(NotSignedIn):
        rotate(database, first)
    assert rotate(database, other).family == other.family


def test_what_is_over_for_a_day_is_forgotten_by_the_next_sign_in(
    database: Database, first: Grant
) -> None:
    refresh_tokens.start(database, 1, DAY, NOW + DAY + 1)
    assert families(database) == 2
    refresh_tokens.start(database, 1, DAY, NOW + 2 * DAY + 1)
    assert families(database) == 2
