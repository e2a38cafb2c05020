"""Open the database: SQLite in a file or in memory, PostgreSQL by URL.

Left out: migrations. The tables are made when they are missing, and never altered.
"""

import os
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.exc import DisconnectionError, OperationalError
from sqlalchemy.pool import QueuePool

from minisrv.db.models import Base

BUSY_SECONDS = 5  # how long a statement waits until others release a lock
STATEMENT_SECONDS = 15  # after which PostgreSQL gives a statement up


def open_engine(url: str) -> Engine:
    """Return an engine for `url` with all tables made, or raise SQLAlchemyError."""
    engine = _engine(make_url(url), BUSY_SECONDS)
    Base.metadata.create_all(engine)
    return engine


def open_no_wait(engine: Engine) -> Engine | None:
    """Return an engine that reads the same database and never waits, or None if there is none.

    If a lock is held, it raises OperationalError at once. A database in memory has one connection,
    which may be in use; a database behind a network takes time. Both give None.
    """
    if engine.dialect.name != "sqlite" or in_memory(engine.url):
        return None
    return _engine(engine.url, 0, isolation_level="AUTOCOMMIT")


def in_memory(url: URL) -> bool:
    """Return True if `url` names an SQLite database in memory, gone with its connection."""
    if url.get_backend_name() != "sqlite":
        return False
    return url.database in (None, "", ":memory:") or url.query.get("mode") == "memory"


def file_of(url: URL) -> tuple[int, int] | None:
    """Return device and inode of the file, which change when it is replaced; None without one."""
    try:
        found = os.stat(url.database or "")
    except OSError:
        return None
    return found.st_dev, found.st_ino


def is_busy(error: OperationalError) -> bool:
    """Return True if others hold a lock, or all connections: a retry may work in a moment."""
    return (
        getattr(error.orig, "sqlite_errorname", "").startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))
        # PostgreSQL: serialization_failure, deadlock_detected, lock_not_available, query_canceled
        or getattr(error.orig, "sqlstate", "") in ("40001", "40P01", "55P03", "57014")
        # While it connects psycopg has no sqlstate to tell: too_many_connections is a text only.
        or any(words in str(error.orig) for words in ("too many c", "connection slots"))
    )


def _engine(url: URL, busy_seconds: float, **options: Any) -> Engine:
    kind = _postgresql if url.get_backend_name() == "postgresql" else _sqlite
    # hide_parameters: no address and no hash may get into a log by way of an error message.
    engine = create_engine(url, hide_parameters=True, **kind(url, busy_seconds), **options)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        if not in_memory(url):
            event.listen(engine, "connect", lambda _, record: _remember(record, url))
            event.listen(engine, "checkout", lambda _, record, __: _check(record, url))
    return engine


def _postgresql(url: URL, busy_seconds: float) -> dict[str, Any]:
    lock, statement = round(1000 * busy_seconds), round(1000 * STATEMENT_SECONDS)
    arguments = {
        "connect_timeout": 3,
        "tcp_user_timeout": statement,  # until a network that says nothing counts as broken
        "options": f"-c lock_timeout={lock} -c statement_timeout={statement}",
    }
    # A process asks for no more than its threads can use, and does not wait longer than for a lock.
    pool = {"pool_size": 5, "max_overflow": 5, "pool_timeout": busy_seconds}
    return {"pool_pre_ping": True, **pool, "connect_args": arguments}


def _sqlite(url: URL, busy_seconds: float) -> dict[str, Any]:
    if in_memory(url):  # one connection, handed from thread to thread
        one = {"poolclass": QueuePool, "pool_size": 1, "max_overflow": 0}
        return {**one, "connect_args": {"check_same_thread": False}}
    # The last connection that was used is used again: it still knows the pages it has read.
    return {"pool_use_lifo": True, "connect_args": {"timeout": busy_seconds}}


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA journal_mode = WAL")  # readers need not wait for a writer
    cursor.execute("PRAGMA synchronous = FULL")  # what was answered 201 survives a power cut
    cursor.close()


def _remember(record: Any, url: URL) -> None:
    record.info["file"] = file_of(url)


def _check(record: Any, url: URL) -> None:
    """Refuse a connection to a file that was deleted or replaced: what it takes would be lost."""
    if record.info["file"] != file_of(url):
        raise DisconnectionError("another file is at this path now")
