"""How long each client keeps a cookie of a given Max-Age, as one table.

Left out: what a client does afterwards; `three_clients` shows more of one cookie.
"""

from collections.abc import Mapping

from classroom.display.table import Table
from classroom.lessons.three_clients import try_cookie
from classroom.server.server import Server


def kept_for(server: Server, ages: Mapping[str, int]) -> Table:
    """Set a cookie with each Max-Age, in seconds; return a row for each name of `ages`.

    A row says for how long `requests` and the two model browsers keep the cookie.
    """
    return Table([_row(server, wish, seconds) for wish, seconds in ages.items()])


def _row(server: Server, wish: str, seconds: int) -> dict[str, object]:
    clients = try_cookie(server, (), max_age=seconds).table
    kept = {row["client"]: row["kept"] for row in clients}
    return {"meant": wish, "Max-Age": seconds, **kept}
