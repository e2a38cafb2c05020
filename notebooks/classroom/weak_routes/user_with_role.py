"""The table of users with one more column, `is_admin`, for the lesson on mass assignment.

It replaces minisrv's table until the server is reset.
"""

from sqlalchemy import Engine, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class _Base(DeclarativeBase):
    """A separate base, so that minisrv's metadata does not contain this table."""


class UserWithRole(_Base):
    """An account with the column `is_admin`."""

    __tablename__ = "users"
    __table_args__ = {"sqlite_autoincrement": True}  # as minisrv's

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(320), unique=True)
    password: Mapped[str]
    is_admin: Mapped[bool] = mapped_column(default=False)

    def public(self) -> dict[str, object]:
        """Return what its owner may see."""
        return {"id": self.id, "email": self.email, "is_admin": self.is_admin}


def make_table(engine: Engine) -> None:
    """Replace the table `users` by an empty one with this column."""
    _Base.metadata.drop_all(engine)
    _Base.metadata.create_all(engine)
