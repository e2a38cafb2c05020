"""Count the SQL statements that the server runs for a request.

A count is the same on each computer and in each run. Milliseconds are not.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import event

from classroom.server.server import Server


def count_statements(server: Server, send: Callable[[], object]) -> int:
    """Return how many SQL statements the database of `server` gets while `send` runs.

    Opening a transaction, a commit and SQLite's PRAGMA are not counted. Raises what `send` raises.
    """
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.upper().startswith(("BEGIN", "PRAGMA")):
            seen.append(statement)

    engine = server.running.shared.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        send()
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len(seen)
