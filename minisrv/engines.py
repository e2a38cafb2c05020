"""Open the database: SQLite in a file or in memory, PostgreSQL by URL.

Left out: migrations. The tables are made when they are missing, and never altered.
"""

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import QueuePool

from minisrv.models import Base

SQLITE_BUSY_SECONDS = 15  # how long a write waits for another process to finish its own


def open_engine(url: str) -> Engine:
    """Return an engine for `url` with all tables made, or raise SQLAlchemyError."""
    engine = _engine(make_url(url), SQLITE_BUSY_SECONDS)
    Base.metadata.create_all(engine)
    return engine


def open_impatient(engine: Engine) -> Engine | None:
    """Return an engine that reads the same database and never waits, or None: there is none.

    Where `engine` waits for a lock it raises OperationalError; each answer is of this moment. A
    database in memory has one connection, which may be in use; one behind a network takes time.
    """
    if engine.dialect.name != "sqlite" or in_memory(engine.url):
        return None
    return _engine(engine.url, 0, isolation_level="AUTOCOMMIT")


def in_memory(url: URL) -> bool:
    """Tell whether `url` is that of an SQLite database which lives in its connection only."""
    return url.get_backend_name() == "sqlite" and url.database in (None, "", ":memory:")


def is_busy(error: OperationalError) -> bool:
    """Tell whether `error` says that others hold a lock: the same may work in a moment."""
    return (
        getattr(error.orig, "sqlite_errorname", "").startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))
        # PostgreSQL: serialization_failure, deadlock_detected, lock_not_available
        or getattr(error.orig, "sqlstate", "") in ("40001", "40P01", "55P03")
    )


def _engine(url: URL, busy_seconds: float, **options: object) -> Engine:
    # hide_parameters: no address and no hash may get into a log by way of an error message.
    options |= {"hide_parameters": True, **_options(url, busy_seconds)}
    engine = create_engine(url, **options)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _options(url: URL, busy_seconds: float) -> dict[str, object]:
    if url.get_backend_name() == "postgresql":
        return {"pool_pre_ping": True, "connect_args": {"connect_timeout": 3}}
    if in_memory(url):  # one connection, handed from thread to thread
        one = {"poolclass": QueuePool, "pool_size": 1, "max_overflow": 0}
        return {**one, "connect_args": {"check_same_thread": False}}
    # The last connection that was used is used again: it still knows the pages it has read.
    return {"pool_use_lifo": True, "connect_args": {"timeout": busy_seconds}}


def _prepare_sqlite(connection: object, _record: object) -> None:
    cursor = connection.cursor()  # type: ignore[attr-defined]
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA journal_mode = WAL")  # readers need not wait for a writer
    cursor.execute("PRAGMA synchronous = FULL")  # what was answered 201 survives a power cut
    cursor.close()
