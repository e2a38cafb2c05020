"""Short queries: they run on the event loop if nothing has to wait, otherwise in a thread."""

import asyncio
import sqlite3
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
import requests
from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError

from minisrv.db import engines
from minisrv.db.engines import open_engine, open_no_wait
from minisrv.db.reader import Reader
from tests.support.live import Live, serve, settings_of_tests
from tests.support.visitor import Visitor


def url_of(folder: Path) -> str:
    return f"sqlite:///{(folder / 'trax.sqlite3').as_posix()}"


def thread_of(_: Connection) -> threading.Thread:
    return threading.current_thread()


def ask(reader: Reader, question, *args: object) -> object:
    return asyncio.run(reader.ask(question, *args))


def test_a_file_is_asked_at_once_and_a_database_in_memory_in_a_thread(tmp_path: Path) -> None:
    here = threading.current_thread()
    in_memory = (
        "sqlite://",
        "sqlite:///file::memory:?uri=true",
        "sqlite:///file:t?mode=memory&uri=true",
    )
    for url, at_once in ((url_of(tmp_path), True), *((url, False) for url in in_memory)):
        engine = open_engine(url)
        reader = Reader(engine)
        assert (ask(reader, thread_of) is here) is at_once
        assert (open_no_wait(engine) is not None) is at_once
        reader.close()
        engine.dispose()


def test_each_answer_is_of_its_moment(tmp_path: Path) -> None:
    engine = open_engine(url_of(tmp_path))
    reader = Reader(engine)

    def count(connection: Connection) -> int:
        return connection.scalar(text("SELECT count(*) FROM users"))

    for number in range(4):
        assert ask(reader, count) == number
        with closing(sqlite3.connect(engine.url.database)) as other, other:
            other.execute(f"INSERT INTO users(email, password) VALUES ('{number}', '')")
    reader.close()
    engine.dispose()


def test_a_fault_is_raised_and_the_next_question_is_answered(tmp_path: Path) -> None:
    engine = open_engine(url_of(tmp_path))
    reader = Reader(engine)
    with pytest.raises(OperationalError, match="no such table"):
        ask(reader, lambda connection: connection.execute(text("SELECT * FROM nowhere")))
    assert ask(reader, lambda connection, more: more, "an answer") == "an answer"
    reader.close()
    engine.dispose()


@pytest.fixture
def without_wal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Live]:
    """The server where SQLite cannot do WAL, as on some network drives: writers stop readers.

    A wait for a lock is much longer than the timeout of the requests that must not meet one.
    """
    monkeypatch.setattr(engines, "_prepare_sqlite", lambda connection, record: None)
    monkeypatch.setattr(engines, "BUSY_SECONDS", 600)
    with serve(settings_of_tests(database_url=url_of(tmp_path))) as server:
        yield server


def test_a_wait_for_a_lock_is_in_a_thread(without_wal: Live) -> None:
    ada = Visitor(without_wal)
    assert ada.signs_up().status_code == 201
    file = without_wal.app.state.engine.url.database
    with ThreadPoolExecutor(1) as pool, closing(sqlite3.connect(file)) as other:
        other.isolation_level = None
        other.execute("BEGIN EXCLUSIVE")
        asked = pool.submit(ada.asks_me)
        for _ in range(20):  # the event loop is free
            assert requests.get(without_wal.url + "/openapi.json", timeout=30).ok
        assert not asked.done()
        other.execute("ROLLBACK")
        assert asked.result().json()["email"] == ada.email
