"""Send a command to the database behind the server's back, as an accident would.

Left out: asking the server. No route takes part, so nothing is checked.
"""

from sqlalchemy import text

from classroom.display.table import Table
from classroom.server.server import Server


def run_sql(server: Server, statement: str) -> Table | None:
    """Run one SQL statement and return the rows that it gives, or None if it gives none.

    Raises SQLAlchemy's DBAPIError if the database rejects the statement.
    """
    with server.running.shared.engine.begin() as connection:
        found = connection.execute(text(statement))
        return Table(found.mappings().all()) if found.returns_rows else None
