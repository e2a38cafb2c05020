"""Open the database: SQLite in a file or in memory, or PostgreSQL, by its URL.

Left out: migrations. Missing tables are made, and tables are never altered.
"""

import os
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.exc import DisconnectionError, OperationalError
from sqlalchemy.pool import QueuePool

from minisrv.db.models import Base

BUSY_SECONDS = 5  # how long a statement waits until others release a lock
STATEMENT_SECONDS = 15  # after which PostgreSQL cancels a statement


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
    # AUTOCOMMIT: every query sees the present rows, and there is nothing to roll back after it.
    options = {"isolation_level": "AUTOCOMMIT", "pool_reset_on_return": None}
    return _engine(engine.url, 0, **options)


def close(engine: Engine) -> None:
    """Close the connections of `engine`; from now on it raises RuntimeError and opens none."""
    event.listen(engine, "do_connect", _refuse)
    engine.dispose()


def in_memory(url: URL) -> bool:
    """Return True if `url` names an SQLite database in memory, which ends with its connection."""
    if url.get_backend_name() != "sqlite":
        return False
    names = (None, "", ":memory:", "file::memory:")  # sqlite.org/inmemorydb.html
    return url.database in names or url.query.get("mode") == "memory"


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
        # psycopg has no sqlstate while it connects: too_many_connections is only a text.
        or any(words in str(error.orig) for words in ("too many c", "connection slots"))
    )


def _engine(url: URL, busy_seconds: float, **options: Any) -> Engine:
    kind = _postgresql if url.get_backend_name() == "postgresql" else _sqlite
    # hide_parameters: error messages in a log must hold no address and no hash.
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
        "tcp_user_timeout": statement,  # until a silent network counts as broken
        "options": f"-c lock_timeout={lock} -c statement_timeout={statement}",  # not the URL's
    }
    # Ten, as many as threads ask it on two cores; no longer wait for one than for a lock.
    pool = {"pool_size": 5, "max_overflow": 5, "pool_timeout": busy_seconds}
    return {"pool_pre_ping": True, **pool, "connect_args": arguments}


def _sqlite(url: URL, busy_seconds: float) -> dict[str, Any]:
    patience = {"pool_timeout": busy_seconds}  # as long for a connection as for a lock
    if in_memory(url):  # one connection, used by one thread after the other
        one = {"poolclass": QueuePool, "pool_size": 1, "max_overflow": 0}
        return {**one, **patience, "connect_args": {"check_same_thread": False}}
    # lifo: the connection that was used last has its pages in its cache.
    return {"pool_use_lifo": True, **patience, "connect_args": {"timeout": busy_seconds}}


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA journal_mode = WAL")  # readers need not wait for a writer
    cursor.execute("PRAGMA synchronous = FULL")  # what was answered 201 survives a power cut
    cursor.close()


def _refuse(*_: object) -> None:
    raise RuntimeError("The server has stopped, and its database is closed.")


def _remember(record: Any, url: URL) -> None:
    record.info["file"] = file_of(url)


def _check(record: Any, url: URL) -> None:
    """Reject a connection to a file that was deleted or replaced: its rows would be lost."""
    if record.info["file"] != file_of(url):
        raise DisconnectionError("another file is at this path now")
