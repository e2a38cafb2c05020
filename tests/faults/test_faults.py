"""Faults of a server: killed, disk full, database locked, clients that leave or are slow.

Each gives the right response, and no sign-up that got a 201 is lost. Left out: power cuts;
SQLite's own tests have those, and `synchronous = FULL` asks for what they prove.
"""

import random
import socket
import sqlite3
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
import requests
from sqlalchemy import event

from minisrv.auth import access_tokens
from minisrv.db import engines
from tests.support.live import Live, read_answer, serve, settings_of_tests
from tests.support.started import Started, wait_until
from tests.support.storms import promised, storm
from tests.support.tiers import slow
from tests.support.visitor import PASSWORD, Visitor, assert_refused

OTHER = {"email": "linus@trax.test", "password": PASSWORD}


@pytest.fixture
def on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Live]:
    """The server over a file, with little patience for locks."""
    monkeypatch.setattr(engines, "BUSY_SECONDS", 0.2)
    url = f"sqlite:///{tmp_path / 'trax.sqlite3'}"
    with serve(settings_of_tests(database_url=url)) as server:
        yield server


@pytest.mark.parametrize("seed", [0, *map(slow, range(1, 6))])
def test_killed_in_a_storm_it_has_kept_every_account_that_was_promised(
    tmp_path: Path, seed: int
) -> None:
    options = ["--workers", "2"] if seed % 2 else []
    with Started(tmp_path, *options, MINISRV_BCRYPT_COST="10") as server, storm(server) as answers:
        wait_until(lambda: len(promised(answers)) > seed)
        time.sleep(random.Random(seed).uniform(0, 0.02))
        server.kill()
    kept = promised(answers)
    assert seed < len(kept) < len(answers)  # it was in the middle
    with Started(tmp_path, *options) as server:
        there = server.emails()
        assert len(there) == len(set(there)) and kept <= set(there)
        for name in kept:
            assert server.visitor(name).signs_in().status_code == 200
        again = Counter(server.visitor(name).signs_up().status_code for name in answers)
        assert again[201] + again[409] == len(answers) and again[409] == len(there)


def test_a_full_disk_is_answered_as_our_fault_and_loses_nothing(on_disk: Live) -> None:
    def fill(connection: sqlite3.Connection, _: object) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + 1}")

    engine = on_disk.app.state.engine
    event.listen(engine, "connect", fill)
    engine.dispose()
    kept, first, full = [], None, None
    for number in range(200):
        visitor = Visitor(on_disk, f"{'listener-' * 20}{number}@trax.test"[-60:])
        answer = visitor.signs_up()
        if answer.status_code != 201:
            full = answer
            break
        kept.append(visitor.email)
        first = first or visitor
    assert full is not None
    assert_refused(full, 500, "server_error")
    assert first is not None and first.asks_me().status_code == 200  # who only reads is served
    event.remove(engine, "connect", fill)
    engine.dispose()
    assert {row["email"] for row in on_disk.rows("users")} == set(kept)
    assert visitor.signs_up().status_code == 201


def test_a_locked_database_is_503_and_passes_and_reading_goes_on(on_disk: Live) -> None:
    ada, grace = Visitor(on_disk), Visitor(on_disk, "grace@trax.test")
    assert grace.signs_up().status_code == 201
    with closing(sqlite3.connect(on_disk.app.state.engine.url.database)) as other:
        other.isolation_level = None
        other.execute("BEGIN IMMEDIATE")
        answer = ada.signs_up()
        assert_refused(answer, 503, "overloaded")
        assert int(answer.headers["Retry-After"]) > 0
        assert grace.asks_me().status_code == 200
        other.execute("ROLLBACK")
        assert ada.signs_up().status_code == 201


def test_behind_a_lock_all_are_answered_in_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "BUSY_SECONDS", 1)
    file = tmp_path / "trax.sqlite3"
    with (
        serve(settings_of_tests(database_url=f"sqlite:///{file}")) as server,
        closing(sqlite3.connect(file)) as other,
        ThreadPoolExecutor(60) as pool,
    ):
        other.isolation_level = None
        other.execute("BEGIN IMMEDIATE")
        begun = time.monotonic()
        visitors = [Visitor(server, f"guest-{number}@trax.test") for number in range(60)]
        for answer in pool.map(Visitor.signs_up, visitors):
            assert_refused(answer, 503, "overloaded")
        assert time.monotonic() - begun < 8  # and not a second for each six of the sixty
        other.execute("ROLLBACK")
        assert visitors[0].signs_up().status_code == 201


def test_when_all_connections_are_in_use_it_is_503_and_passes(on_disk: Live) -> None:
    pool = on_disk.app.state.engine.pool
    ada, begun = Visitor(on_disk), time.monotonic()
    with ExitStack() as held:
        for _ in range(pool.size() + pool._max_overflow):
            held.enter_context(on_disk.app.state.engine.connect())
        assert_refused(ada.signs_up(), 503, "overloaded")
    assert time.monotonic() - begun < 8  # SQLAlchemy's own patience is 30 seconds
    assert ada.signs_up().status_code == 201


@pytest.mark.parametrize("kept", [0, 10, 45])
def test_a_client_that_hangs_up_in_the_middle_disturbs_nobody(server: Live, kept: int) -> None:
    body = b'{"email": "ada@trax.test", "password": "midnight train to georgia"}'
    head = b"POST /api/signup HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    for _ in range(10):
        with socket.create_connection(("127.0.0.1", server.port), 20) as wire:
            wire.sendall(head + b"Content-Length: %d\r\n\r\n" % len(body) + body[:kept])
    assert Visitor(server, "grace@trax.test").signs_up().status_code == 201
    assert [row["email"] for row in server.rows("users")] == ["grace@trax.test"]


def test_a_client_that_does_not_wait_for_the_answer_disturbs_nobody(server: Live) -> None:
    body = b'{"email": "ada@trax.test", "password": "midnight train to georgia"}'
    head = b"POST /api/signup HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    with socket.create_connection(("127.0.0.1", server.port), 20) as wire:
        wire.sendall(head + b"Content-Length: %d\r\n\r\n" % len(body) + body)
    assert Visitor(server, "grace@trax.test").signs_up().status_code == 201
    again = Visitor(server, "ada@trax.test", "midnight train to georgia")
    assert again.signs_up().status_code in (201, 409)  # whichever: there is one account
    assert again.signs_in().status_code == 200


def test_a_body_that_drips_is_given_up_and_others_are_served_meanwhile() -> None:
    head = b"POST /api/signup HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    with serve(settings_of_tests(body_seconds=1)) as server:
        wire = socket.create_connection(("127.0.0.1", server.port), 20)
        with wire, ThreadPoolExecutor(1) as pool:
            wire.sendall(head + b"Content-Length: 100\r\n\r\n{")
            answer = pool.submit(read_answer, wire)
            while not answer.done():
                assert requests.get(server.url + "/health", timeout=60).ok
                wire.sendall(b" ")
                time.sleep(0.1)
            assert (answer.result().status, b"took too long" in answer.result().body) == (408, True)
        assert server.rows("users") == []


def test_a_clock_that_is_set_back_signs_nobody_out(
    server: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = Visitor(server)
    now = time.time()
    monkeypatch.setattr(access_tokens.time, "time", lambda: now + 3600)
    assert ada.signs_up().status_code == 201
    monkeypatch.undo()
    assert ada.asks_me().status_code == 200


def test_a_clock_that_is_set_forward_and_back_revives_nobody(
    server: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada, grace = Visitor(server), Visitor(server, "grace@trax.test")
    assert ada.signs_up().status_code == grace.signs_up().status_code == 201
    token = ada.token
    assert ada.signs_out().status_code == 204
    now = time.time()
    monkeypatch.setattr(access_tokens.time, "time", lambda: now + 9 * 3600)
    grace.signs_in()
    assert grace.signs_out().status_code == 204  # which forgets what is over
    monkeypatch.undo()
    ada.token = token
    assert_refused(ada.asks_me(), 401, "not_signed_in")


def release_file(server: Live) -> None:
    """Close all connections to the file that are not in use; new ones can be opened."""
    server.app.state.engine.dispose()
    server.app.state.reader._no_wait.dispose()


def test_a_file_that_is_taken_away_takes_no_more_accounts_and_may_come_back(
    on_disk: Live,
) -> None:
    file = Path(on_disk.app.state.engine.url.database)
    ada = Visitor(on_disk)
    assert ada.signs_up().status_code == ada.signs_up(json=OTHER).status_code == 201
    release_file(on_disk)  # Windows moves no file that is open
    aside = [each.rename(each.with_name("aside" + each.name)) for each in file.parent.iterdir()]
    assert_refused(Visitor(on_disk, "grace@trax.test").signs_up(), 500, "server_error")
    assert_refused(ada.asks_me(), 500, "server_error")
    assert_refused(ada.sends("GET", "/health"), 500, "server_error")
    release_file(on_disk)
    for each in file.parent.glob(file.name + "*"):
        each.unlink()
    for each in aside:
        each.rename(each.with_name(each.name.removeprefix("aside")))
    assert ada.asks_me().status_code == 200
    assert {row["email"] for row in on_disk.rows("users")} == {ada.email, OTHER["email"]}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows deletes no file that is open")
def test_a_file_that_is_deleted_under_the_server_takes_no_account_that_would_be_lost(
    on_disk: Live,
) -> None:
    file = Path(on_disk.app.state.engine.url.database)
    ada = Visitor(on_disk)
    assert ada.signs_up().status_code == 201 and ada.asks_me().status_code == 200
    for each in file.parent.iterdir():
        each.unlink()
    assert_refused(Visitor(on_disk, "grace@trax.test").signs_up(), 500, "server_error")
    assert_refused(ada.asks_me(), 500, "server_error")


def test_a_clock_that_is_set_forward_ends_what_is_over(
    server: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = Visitor(server)
    now = time.time()
    monkeypatch.setattr(access_tokens.time, "time", lambda: now - 9 * 3600)
    ada.signs_up()
    monkeypatch.undo()
    assert_refused(ada.asks_me(), 401, "token_expired")


def test_a_password_is_in_no_answer_to_a_fault(on_disk: Live) -> None:
    on_disk.run("DROP TABLE users")
    answer = Visitor(on_disk).signs_up()
    assert_refused(answer, 500, "server_error")
    assert PASSWORD not in answer.text and "users" not in answer.text
