"""The tables and how to open them: SQLite in a file or in memory, PostgreSQL by URL.

Left out: migrations. The tables are made when they are missing, and never altered.
"""

from sqlalchemy import BigInteger, Engine, ForeignKey, String, create_engine, event, make_url
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, sessionmaker
from sqlalchemy.pool import QueuePool

Database = sessionmaker[Session]
SQLITE_BUSY_SECONDS = 15


class Base(DeclarativeBase):
    """The root of the tables."""


class User(Base):
    """An account. `password` is named as in the tutorial; what belongs into it is a hash."""

    __tablename__ = "users"
    # Never give the id of a deleted account to a new one: old tokens still name it.
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(320), unique=True)
    password: Mapped[str]

    def row(self) -> dict[str, object]:
        """Return every column, as an ORM does by default."""
        return {"id": self.id, "email": self.email, "password": self.password}

    def public(self) -> dict[str, object]:
        """Return what the account's owner may see."""
        return {"id": self.id, "email": self.email}


class Playlist(Base):
    """What an account is for: a list of music that belongs to one user."""

    __tablename__ = "playlists"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    name: Mapped[str] = mapped_column(String(100))

    def public(self) -> dict[str, object]:
        """Return what its owner may see."""
        return {"id": self.id, "name": self.name}


class RevokedToken(Base):
    """A token that was signed out before its time, by its id (`jti`), never by its text."""

    __tablename__ = "revoked_tokens"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    expires: Mapped[int] = mapped_column(BigInteger, index=True)  # seconds, also past 2038


class Attempts(Base):
    """How often something was tried, sign-in to an account for one, until the count ends."""

    __tablename__ = "attempts"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    count: Mapped[int]
    ends: Mapped[int] = mapped_column(BigInteger, index=True)  # seconds since 1970


def open_engine(url: str) -> Engine:
    """Return an engine for `url` with all tables made, or raise SQLAlchemyError."""
    # hide_parameters: no address and no hash may get into a log by way of an error message.
    engine = create_engine(url, hide_parameters=True, **_options(url))
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
    Base.metadata.create_all(engine)
    return engine


def open_database(engine: Engine) -> Database:
    """Return the maker of sessions; `with database.begin() as session` commits or rolls back."""
    return sessionmaker(engine, expire_on_commit=False)  # rows stay readable after the commit


def add(database: Database, row: Base) -> None:
    """Insert `row` and commit, or raise IntegrityError with nothing changed."""
    with database.begin() as session:
        session.add(row)


def is_duplicate(error: IntegrityError) -> bool:
    """Tell whether `error` says that a UNIQUE value is there already, and nothing else."""
    return (
        getattr(error.orig, "sqlite_errorname", "") == "SQLITE_CONSTRAINT_UNIQUE"
        or getattr(error.orig, "sqlstate", "") == "23505"  # PostgreSQL: unique_violation
    )


def is_busy(error: OperationalError) -> bool:
    """Tell whether `error` says that others hold a lock: the same may work in a moment."""
    return (
        getattr(error.orig, "sqlite_errorname", "").startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))
        # PostgreSQL: serialization_failure, deadlock_detected, lock_not_available
        or getattr(error.orig, "sqlstate", "") in ("40001", "40P01", "55P03")
    )


def _options(url: str) -> dict[str, object]:
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        return {"pool_pre_ping": True, "connect_args": {"connect_timeout": 3}}
    if parsed.database in (None, "", ":memory:"):
        # A database in memory lives in its connection: one, handed from thread to thread.
        one = {"poolclass": QueuePool, "pool_size": 1, "max_overflow": 0}
        return {**one, "connect_args": {"check_same_thread": False}}
    # How long a write waits for another process to finish its own.
    return {"connect_args": {"timeout": SQLITE_BUSY_SECONDS}}


def _prepare_sqlite(connection: object, _record: object) -> None:
    cursor = connection.cursor()  # type: ignore[attr-defined]
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA journal_mode = WAL")  # readers need not wait for a writer
    cursor.execute("PRAGMA synchronous = FULL")  # what was answered 201 survives a power cut
    cursor.close()
