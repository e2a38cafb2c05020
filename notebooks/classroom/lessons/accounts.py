"""Find an account, add one that is older than the settings, or give the table a role.

Left out: any check of the address or the password.
"""

from sqlalchemy import delete, select

from classroom.server.server import Server
from classroom.weak_routes import user_with_role
from minisrv.auth import passwords
from minisrv.db import models
from minisrv.db.models import Database, User


def find_account(database: Database, email: str) -> User | None:
    """Return the account with exactly this address, or None."""
    with database() as session:
        return session.scalar(select(User).where(User.email == email))


def add_account(server: Server, email: str, password: str, cost: int) -> None:
    """Insert an account with a hash of this cost, such as one from years ago.

    It takes the place of an account with this address, so that a cell can run twice.
    """
    database = server.running.shared.database
    with database.begin() as session:
        session.execute(delete(User).where(User.email == email))
    models.add(database, User(email=email, password=passwords.hash(password, cost)))


def make_table_with_role(server: Server) -> None:
    """Replace the table `users` by an empty one with the column `is_admin`, until server.reset."""
    user_with_role.make_table(server.running.shared.engine)
