"""The same server on PostgreSQL (tests/support/postgres.py)."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import OperationalError

from minisrv.db import engines
from tests.support.last_place import add_two_at_once
from tests.support.live import Live, serve, settings_of_tests
from tests.support.old_passwords import sign_in_while_it_changes
from tests.support.postgres import Postgres
from tests.support.postgres import own as own
from tests.support.postgres import url as url
from tests.support.renewals import renew_and_end
from tests.support.started import Started, status_of, wait_until
from tests.support.storms import promised, storm
from tests.support.visitor import NEW_PASSWORD, Visitor, assert_refused, whole_visit


@pytest.fixture(scope="module")
def postgres(url: str) -> Iterator[Live]:
    with serve(settings_of_tests(database_url=url)) as server:
        server.empty()
        yield server


def test_a_visit_from_sign_up_to_sign_out(postgres: Live) -> None:
    whole_visit(postgres)


def test_of_sixteen_sign_ups_at_once_one_wins(postgres: Live) -> None:
    with ThreadPoolExecutor(16) as pool:
        visitors = [Visitor(postgres, "grace@trax.test") for _ in range(16)]
        answers = list(pool.map(lambda visitor: visitor.signs_up().status_code, visitors))
    assert sorted(answers) == [201] + [409] * 15


def test_sessions_are_listed_and_ended_and_a_new_password_ends_them_all(postgres: Live) -> None:
    ada, phone = Visitor(postgres, "joan@trax.test"), Visitor(postgres, "joan@trax.test")
    ada.signs_up()
    phone.signs_in_for_weeks()
    assert [one["remembered"] for one in ada.lists_sessions()] == [True, False]
    assert_refused(ada.ends_session("%00"), 404, "not_found")
    assert ada.ends_session(phone.lists_sessions()[0]["id"]).status_code == 204
    assert_refused(phone.asks_me(), 401, "not_signed_in")
    phone.signs_in()
    assert ada.changes_password(NEW_PASSWORD).status_code == 200
    assert_refused(phone.asks_me(), 401, "not_signed_in")
    assert ada.signs_out_everywhere().status_code == 204


def test_two_at_once_do_not_both_take_the_last_place_for_a_playlist(postgres: Live) -> None:
    assert add_two_at_once(postgres) == ([201, 409], 1)


def test_no_sign_in_with_an_old_password_outlives_it(postgres: Live) -> None:
    found = sign_in_while_it_changes(postgres, "dorothy@trax.test")
    assert found == [401] * len(found)


@pytest.mark.slow
def test_two_processes_agree_on_addresses_on_guesses_and_on_who_is_signed_out(
    url: str, postgres: Live, tmp_path: Path
) -> None:
    postgres.empty()
    with (
        Started(tmp_path, "--workers", "2", MINISRV_DATABASE_URL=url) as both,
        ThreadPoolExecutor(16) as pool,
    ):

        def at_once(ask: Callable[[], int], count: int) -> Counter[int]:
            return Counter(one.result() for one in [pool.submit(ask) for _ in range(count)])

        linus = "linus@trax.test"
        signed_up = at_once(lambda: both.visitor(linus).signs_up().status_code, 16)
        assert signed_up == {201: 1, 409: 15}
        member = both.visitor(linus)
        member.signs_in()
        token = member.token
        member.signs_out()

        def asks_again() -> int:
            copy = both.visitor(linus)
            copy.token = token
            return copy.asks_me().status_code

        assert at_once(asks_again, 16) == {401: 16}
        guesses = at_once(lambda: both.visitor(linus, "wrong").signs_in().status_code, 30)
        assert guesses == {401: 20, 429: 10}


@pytest.mark.slow
def test_a_session_is_renewed_once_and_ends_once_whichever_process_is_asked(
    url: str, postgres: Live, tmp_path: Path
) -> None:
    postgres.empty()
    with Started(tmp_path, "--workers", "2", MINISRV_DATABASE_URL=url) as both:
        renew_and_end(lambda: both.visitor("ada@trax.test"), postgres.run)
        assert not postgres.rows("refresh_tokens")


def test_right_and_wrong_tries_at_once_do_not_wait_for_each_other(postgres: Live) -> None:
    postgres.empty()
    grace = Visitor(postgres, "grace@trax.test")
    assert grace.signs_up().status_code == 201

    def tries(number: int) -> int:
        password = {} if number % 2 else {"password": "wrong"}
        return Visitor(postgres, "grace@trax.test", **password).signs_in().status_code

    with ThreadPoolExecutor(16) as pool:
        statuses = Counter(pool.map(tries, range(120)))
    assert set(statuses) <= {200, 401, 429} and statuses[200] and statuses[401]


def test_a_table_that_is_locked_is_503_and_passes(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "BUSY_SECONDS", 0.2)
    with serve(settings_of_tests(database_url=url)) as server:
        server.empty()
        ada = Visitor(server)
        assert ada.signs_up().status_code == 201
        with server.app.state.engine.begin() as other:
            other.execute(text("LOCK TABLE users"))
            for refused in (Visitor(server, "grace@trax.test").signs_up(), ada.asks_me()):
                assert_refused(refused, 503, "overloaded")
            assert_refused(Visitor(server).sends("GET", "/health"), 503, "overloaded")
            assert Visitor(server).sends("GET", "/openapi.json").status_code == 200
        assert Visitor(server, "grace@trax.test").signs_up().status_code == 201
        assert ada.asks_me().status_code == 200


def test_without_a_connection_it_is_503_and_passes(own: Postgres) -> None:
    with serve(settings_of_tests(database_url=own.url)) as server:
        server.empty()
        server.run("CREATE ROLE few LOGIN CONNECTION LIMIT 2")
        server.run("GRANT lessons TO few")
    few = str(make_url(own.url).set(username="few"))
    with serve(settings_of_tests(database_url=few)) as server, ThreadPoolExecutor(16) as pool:
        visitors = [Visitor(server, f"few-{number}@trax.test") for number in range(48)]
        answers = list(pool.map(Visitor.signs_up, visitors))
        for answer in answers:
            if answer.status_code != 201:
                assert_refused(answer, 503, "overloaded")
        assert {answer.status_code for answer in answers} == {201, 503}
        assert Visitor(server, "few-later@trax.test").signs_up().status_code == 201


@pytest.mark.slow
def test_behind_a_lock_all_are_answered_in_time_and_readers_do_not_wait(
    url: str, postgres: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "BUSY_SECONDS", 4)
    with serve(settings_of_tests(database_url=url)) as server:
        server.empty()
        ada = Visitor(server)
        assert ada.signs_up().status_code == 201
        with server.app.state.engine.begin() as other, ThreadPoolExecutor(40) as pool:
            other.execute(text("LOCK TABLE attempts"))
            begun = time.monotonic()
            waiting = [pool.submit(Visitor(server).signs_in) for _ in range(40)]
            wait_until(lambda: time.monotonic() - begun > 0.3)
            assert ada.asks_me().status_code == 200
            assert Visitor(server).sends("GET", "/health").status_code == 200
            assert not any(one.done() for one in waiting)
            for one in waiting:
                assert_refused(one.result(), 503, "overloaded")
            assert time.monotonic() - begun < 20  # and not four for each six of the forty
        assert Visitor(server).signs_in().status_code == 200


def test_a_statement_that_takes_too_long_is_given_up(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "STATEMENT_SECONDS", 0.2)
    engine = engines.open_engine(url)
    with pytest.raises(OperationalError) as raised, engine.connect() as connection:
        connection.execute(text("SELECT pg_sleep(20)"))
    assert engines.is_busy(raised.value)
    engine.dispose()


@pytest.mark.slow
@pytest.mark.parametrize("what", ["the server", "the database"])
def test_killed_in_a_storm_every_account_that_was_promised_is_kept(
    own: Postgres, tmp_path: Path, what: str
) -> None:
    variables = {"MINISRV_DATABASE_URL": own.url, "MINISRV_BCRYPT_COST": "10"}
    with Started(tmp_path, "--workers", "2", **variables) as both:
        with storm(both, what.split()[1]) as answers:
            wait_until(lambda: promised(answers))
            if what == "the server":
                both.kill()
            else:
                own.stop()
                wait_until(lambda: len(answers) > len(promised(answers)))
                own.start()
        assert set(answers.values()) <= {201, 500, 503, 0}  # 0: no answer came
    kept = promised(answers)
    assert 0 < len(kept) < len(answers)
    with Started(tmp_path, MINISRV_DATABASE_URL=own.url) as server:  # with quick hashes
        assert {server.visitor(name).signs_in().status_code for name in kept} == {200}
        again = Counter(status_of(server.visitor(name)) for name in answers)
        assert again[201] + again[409] == len(answers) and again[409] >= len(kept)


def test_a_database_that_goes_and_comes_back(own: Postgres, tmp_path: Path) -> None:
    with Started(tmp_path, MINISRV_DATABASE_URL=own.url) as server:
        before = server.visitor("before@trax.test")
        assert before.signs_up().status_code == 201
        own.stop()
        try:
            gone = server.visitor("meanwhile@trax.test").signs_up()
            assert_refused(gone, 500, "server_error")
            assert "postgres" not in gone.text.lower()
            assert_refused(before.asks_me(), 500, "server_error")
            assert_refused(before.sends("GET", "/health"), 500, "server_error")
        finally:
            own.start()
        assert server.visitor("meanwhile@trax.test").signs_up().status_code == 201
        assert before.asks_me().json()["email"] == "before@trax.test"
