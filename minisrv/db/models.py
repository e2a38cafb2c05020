"""The tables, and what is done with their rows: find, add, notice a duplicate, replace a hash.

Left out: how a database is opened (engines.py).
"""

from typing import Any

from sqlalchemy import BigInteger, Connection, Engine, ForeignKey, Select, String, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, sessionmaker

from minisrv.errors import EmailTaken

Database = sessionmaker[Session]


class Base(DeclarativeBase):
    """The root of the tables."""


class User(Base):
    """An account. The column `password` is named as in the tutorial, but it should hold a hash."""

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
    """A list of music that belongs to one user."""

    __tablename__ = "playlists"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    name: Mapped[str] = mapped_column(String(100))

    def public(self) -> dict[str, object]:
        """Return what its owner may see."""
        return {"id": self.id, "name": self.name}


class RevokedToken(Base):
    """An access token that was signed out before it expired, by its id (`jti`)."""

    __tablename__ = "revoked_tokens"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    expires: Mapped[int] = mapped_column(BigInteger, index=True)  # seconds, also past 2038


class PlainSession(Base):
    """A session that is not remembered, by the id of its access token, so that it can be listed."""

    __tablename__ = "plain_sessions"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    expires: Mapped[int] = mapped_column(BigInteger, index=True)


class RefreshToken(Base):
    """The current refresh token of a session (a token family), stored as its SHA-256."""

    __tablename__ = "refresh_tokens"

    family: Mapped[str] = mapped_column(String(64), primary_key=True)  # the sign-in it is of
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    digest: Mapped[str] = mapped_column(String(64), index=True)
    exchanged: Mapped[int] = mapped_column(BigInteger)  # when it took the place of the one before
    expires: Mapped[int] = mapped_column(BigInteger, index=True)  # of the family, in seconds


class Attempts(Base):
    """How often something was tried, such as a sign-in to one account, until the count ends."""

    __tablename__ = "attempts"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    count: Mapped[int]
    ends: Mapped[int] = mapped_column(BigInteger, index=True)  # seconds since 1970


def open_database(engine: Engine) -> Database:
    """Return a session factory: `with database.begin() as session:` commits or rolls back."""
    return sessionmaker(engine, expire_on_commit=False)  # rows stay readable after the commit


def first_user(connection: Connection, question: Select[Any], **values: object) -> User | None:
    """Return the first account that a `question` of whole rows finds with `values`, or None."""
    row = connection.execute(question, values).first()
    return User(**row._mapping) if row else None


def add(database: Database, row: Base) -> None:
    """Insert `row` and commit, or raise IntegrityError with nothing changed."""
    with database.begin() as session:
        session.add(row)


def add_user(database: Database, user: User) -> None:
    """Insert `user`, or raise EmailTaken if there is an account with this address already."""
    try:
        add(database, user)
    except IntegrityError as error:
        if not is_duplicate(error):
            raise
        raise EmailTaken from None


def replace_hash(session: Session, user: User, hashed: str) -> bool:
    """Store `hashed` for `user`, or return False if the stored hash was replaced meanwhile."""
    same = update(User).where(User.id == user.id, User.password == user.password)
    return session.execute(same.values(password=hashed)).rowcount == 1


def is_duplicate(error: IntegrityError) -> bool:
    """Return True if `error` says that a UNIQUE value is there already, and nothing else."""
    return (
        getattr(error.orig, "sqlite_errorname", "") == "SQLITE_CONSTRAINT_UNIQUE"
        or getattr(error.orig, "sqlstate", "") == "23505"  # PostgreSQL: unique_violation
    )
