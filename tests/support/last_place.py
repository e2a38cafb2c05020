"""Two requests at once that both want the last place for a playlist."""

import time
from concurrent.futures import ThreadPoolExecutor
from unittest.mock import patch

from sqlalchemy import event

from minisrv.routes import playlists
from tests.support.live import Live
from tests.support.visitor import Visitor


def add_two_at_once(server: Live) -> tuple[list[int], int]:
    """Return the statuses of two requests where one has room, and how many playlists there are."""
    database, visitor = server.app.state.database, Visitor(server, "hedy@trax.test")
    visitor.signs_up()

    def wait(*_: object) -> None:
        time.sleep(0.3)  # between the count and the insert there is time for the other request

    event.listen(database, "before_flush", wait)
    try:
        with patch.object(playlists, "MOST", 1), ThreadPoolExecutor(2) as pool:
            answers = list(pool.map(visitor.adds_playlist, ["one", "two"]))
    finally:
        event.remove(database, "before_flush", wait)
    return sorted(answer.status_code for answer in answers), len(visitor.lists_playlists())
