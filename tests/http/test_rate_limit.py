"""The rate limit of sign-ins: attempts are counted before the work, in all processes together."""

import logging
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy.exc import OperationalError

from minisrv.auth import rate_limit
from minisrv.auth.rate_limit import source
from minisrv.db import engines
from minisrv.errors import Overloaded
from tests.support.live import Live, serve, settings_of_tests
from tests.support.visitor import NEW_PASSWORD, PASSWORD, Visitor, assert_refused

WRONG = {"password": "not this one"}
FEW = {"attempts_per_account": 3, "attempts_per_source": 8}


@pytest.fixture(scope="module")
def strict() -> Iterator[Live]:
    with serve(settings_of_tests(**FEW)) as server:
        yield server


@pytest.fixture
def ada(strict: Live) -> Visitor:
    strict.empty()
    visitor = Visitor(strict)
    visitor.signs_up()
    visitor.cookies.clear()
    return visitor


def tries(server: Live, email: str = "ada@trax.test", password: str = "not this one") -> int:
    return Visitor(server, email, password).signs_in().status_code


def test_after_too_many_even_the_right_password_has_to_wait(ada: Visitor) -> None:
    assert [tries(ada.server) for _ in range(3)] == [401, 401, 401]
    answer = ada.signs_in()
    assert_refused(answer, 429, "too_many_attempts")
    assert 0 < int(answer.headers["Retry-After"]) <= 900


def test_the_right_password_starts_the_count_again(ada: Visitor) -> None:
    for _ in range(3):
        assert [tries(ada.server) for _ in range(2)] == [401, 401]
        assert ada.signs_in().status_code == 200


def test_a_stranger_is_counted_like_a_member_so_that_nobody_learns_who_is_one(ada: Visitor) -> None:
    for email in ("ada@trax.test", "grace@trax.test", "no address"):
        ada.server.run("DELETE FROM attempts")
        assert [tries(ada.server, email) for _ in range(4)] == [401, 401, 401, 429]


def test_all_spellings_of_an_address_are_counted_together(ada: Visitor) -> None:
    spellings = ["ada@trax.test", "ADA@trax.test", "Ada@TRAX.test", "ada@trax.test"]
    assert [tries(ada.server, email) for email in spellings] == [401, 401, 401, 429]


def test_one_word_at_all_accounts_is_stopped_by_its_source(ada: Visitor) -> None:
    statuses = [tries(ada.server, f"listener-{number}@trax.test") for number in range(10)]
    assert statuses == [401] * 8 + [429] * 2


def test_a_class_that_signs_in_from_one_source_is_not_stopped(ada: Visitor) -> None:
    assert [ada.signs_in().status_code for _ in range(20)] == [200] * 20


def test_a_class_that_signs_in_at_once_from_one_source_is_not_stopped(ada: Visitor) -> None:
    pupils = [Visitor(ada.server, f"pupil-{number}@trax.test") for number in range(8)]
    assert [pupil.signs_up().status_code for pupil in pupils] == [201] * 8
    with ThreadPoolExecutor(8) as pool:  # as many as a source may try at a time
        for _ in range(4):
            statuses = list(pool.map(lambda pupil: pupil.signs_in().status_code, pupils))
            assert statuses == [200] * 8


def test_what_is_refused_is_neither_counted_nor_kept(ada: Visitor) -> None:
    assert [tries(ada.server) for _ in range(6)] == [401] * 3 + [429] * 3
    assert sorted(row["count"] for row in ada.server.rows("attempts")) == [3, 3]
    names = [f"listener-{number}@trax.test" for number in range(40)]
    assert Counter(tries(ada.server, name) for name in names) == {401: 5, 429: 35}
    assert len(ada.server.rows("attempts")) == 2 + 5


def test_what_is_over_is_tidied_up_by_the_next_who_succeeds(ada: Visitor) -> None:
    for number in range(5):
        tries(ada.server, f"listener-{number}@trax.test")
    ada.server.run(f"UPDATE attempts SET ends = {int(time.time())}")
    assert ada.signs_in().status_code == 200
    assert len(ada.server.rows("attempts")) == 1


@pytest.mark.parametrize(
    ("host", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7%forged account=7", "192.0.2.7"),
        ("testclient", "-"),
        ("forged account=7", "-"),
        ("", "-"),
    ],
)
def test_a_source_is_an_address_or_a_home(host: str, counted: str) -> None:
    assert source(host) == counted


def test_many_at_once_do_not_slip_through(ada: Visitor) -> None:
    with ThreadPoolExecutor(16) as pool:
        statuses = Counter(pool.map(lambda _: tries(ada.server), range(16)))
    assert statuses == {401: 3, 429: 13}


def test_an_attempt_that_comes_late_or_from_a_slower_clock_does_not_start_the_count_again(
    server: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    def attempt(at: int) -> None:
        monkeypatch.setattr(rate_limit, "time", SimpleNamespace(time=lambda: at))
        rate_limit.count_attempt(server.app.state.database, {"somebody": 100}, 900)

    counts = []
    for at in (1101, 1101, 1101, 1100, 1101, 1042, 1101):
        attempt(at)
        counts += [row["count"] for row in server.rows("attempts")]
    assert counts == [1, 2, 3, 4, 5, 6, 7]


def test_it_is_forgotten_in_time(ada: Visitor) -> None:
    assert [tries(ada.server) for _ in range(4)][-1] == 429
    ada.server.run(f"UPDATE attempts SET ends = {int(time.time())}")
    assert ada.signs_in().status_code == 200
    assert [row["count"] for row in ada.server.rows("attempts")] == [0]


def test_a_clock_that_was_set_back_locks_nobody_out(ada: Visitor) -> None:
    assert [tries(ada.server) for _ in range(4)][-1] == 429
    ada.server.run(f"UPDATE attempts SET ends = {int(time.time()) + 10**6}")
    assert ada.signs_in().status_code == 200


def test_a_server_that_is_busy_counts_it_against_nobody(ada: Visitor) -> None:
    workers = ada.server.app.state.workers
    before, workers._most_waiting = workers._most_waiting, 0
    try:
        for _ in range(30):
            assert_refused(ada.signs_in(), 503, "overloaded")
    finally:
        workers._most_waiting = before
    assert {row["count"] for row in ada.server.rows("attempts")} == {0}
    assert ada.signs_in().status_code == 200


def test_nor_does_a_server_that_is_too_busy_to_look_the_account_up(
    ada: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def ask(*args: object) -> None:
        raise Overloaded

    with monkeypatch.context() as patch:
        patch.setattr(ada.server.app.state.reader, "ask", ask)
        for _ in range(4):
            assert_refused(ada.signs_in(), 503, "overloaded")
    assert {row["count"] for row in ada.server.rows("attempts")} == {0}
    assert ada.signs_in().status_code == 200


def locked(*args: object, **kw: object) -> None:
    """Fail as a statement does while somebody else holds the lock."""
    busy = sqlite3.OperationalError("database is locked")
    busy.sqlite_errorname = "SQLITE_BUSY"
    raise OperationalError("UPDATE", {}, busy)


@pytest.mark.parametrize("name", ["minisrv.routes.signin._find", "minisrv.routes.signin._store"])
def test_a_locked_database_counts_it_against_nobody(name: str, tmp_path: Path) -> None:
    """The lock comes when the attempt has been counted: before the hash, or after it."""
    url = f"sqlite:///{tmp_path / 'trax.sqlite3'}"
    with serve(settings_of_tests(database_url=url)) as server:
        Visitor(server).signs_up()
    with serve(settings_of_tests(database_url=url, bcrypt_cost=5, **FEW)) as server:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(name, locked)
            for _ in range(6):
                assert_refused(Visitor(server).signs_in(), 503, "overloaded")
        assert {row["count"] for row in server.rows("attempts")} == {0}
        assert Visitor(server).signs_in().status_code == 200


def test_a_lock_that_comes_after_the_right_password_counts_it_against_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lock is a real one, held until the sign-in has given up."""
    monkeypatch.setattr(engines, "BUSY_SECONDS", 0.05)
    file = tmp_path / "trax.sqlite3"
    reset = rate_limit.reset_after_success

    def reset_while_locked(*args: object) -> None:
        with closing(sqlite3.connect(file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            reset(*args)

    with serve(settings_of_tests(database_url=f"sqlite:///{file}", **FEW)) as server:
        Visitor(server).signs_up()
        with monkeypatch.context() as patch:
            patch.setattr(rate_limit, "reset_after_success", reset_while_locked)
            for _ in range(6):
                assert_refused(Visitor(server).signs_in(), 503, "overloaded")
        assert {row["count"] for row in server.rows("attempts")} == {0}
        assert [tries(server) for _ in range(4)] == [401, 401, 401, 429]


def test_a_lock_at_a_change_of_password_changes_nothing(
    ada: Visitor, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """503 says "try again": so the password must still be the one before."""
    caplog.set_level(logging.INFO, logger="minisrv.security")
    assert ada.signs_in().status_code == 200
    with monkeypatch.context() as patch:
        patch.setattr(rate_limit, "reset_after_success", locked)
        assert_refused(ada.changes_password(NEW_PASSWORD), 503, "overloaded")
    assert ada.changes_password(NEW_PASSWORD).status_code == 200
    assert Visitor(ada.server, password=NEW_PASSWORD).signs_in().status_code == 200
    assert caplog.text.count("password_changed") == 1


def test_what_was_typed_is_not_kept(ada: Visitor) -> None:
    tries(ada.server, "my password by mistake")
    for row in ada.server.rows("attempts"):
        assert len(row["key"]) == 64 and set(row["key"]) <= set("0123456789abcdef")


def test_two_processes_count_together(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'shared.sqlite3'}"
    settings = settings_of_tests(database_url=url, **FEW)
    with serve(settings) as one, serve(settings) as other:
        Visitor(one).signs_up()
        servers = (one, other, one, other)
        assert [tries(server) for server in servers] == [401, 401, 401, 429]
        assert tries(one, password=PASSWORD) == 429


def test_hostile_text_as_an_address_is_counted_too(ada: Visitor) -> None:
    for email in ("\ud800", "\0", "x" * 9000, ""):
        assert tries(ada.server, email) == 401
