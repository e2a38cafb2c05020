"""The table of users with one column more, `is_admin`, for a lesson on who may set which column.

It takes the place of minisrv's table until the server is reset. Left out: anything that an
administrator could do.
"""

from sqlalchemy import Engine, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class _Base(DeclarativeBase):
    """A root of its own, so that minisrv never hears of this table."""


class UserWithRole(_Base):
    """An account that may be an administrator's."""

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
    """Put the empty table of members in the place of `users`."""
    _Base.metadata.drop_all(engine)
    _Base.metadata.create_all(engine)
