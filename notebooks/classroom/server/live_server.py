"""A started server: its thread and port, its database, the routes of the moment.

Left out: what a lesson sees of it (server.py).
"""

import threading
from dataclasses import replace

from starlette.routing import Route

from classroom.server.app_switch import Stage, Switchboard
from classroom.server.background import Background
from classroom.server.crash_guard import watched
from classroom.server.database import open_empty
from classroom.server.network import HOST, listen
from minisrv.app import assemble
from minisrv.settings import Settings


class Running:
    """minisrv with `plugged` in place of its own routes, answering at `url` until `stop`."""

    def __init__(self, settings: Settings, otherwise: int = 0) -> None:
        """Start at `settings.port`; when that is 0 or busy, at `otherwise`; else at a free port.

        Raises RuntimeError when the server does not start, SQLAlchemyError for the database.
        """
        listener = listen(settings.port, otherwise)
        self.port: int = listener.getsockname()[1]
        self.asked = settings.port
        self.settings = replace(settings, port=self.port)
        self.url = f"{'https' if settings.tls_cert else 'http'}://{HOST}:{self.port}"
        self._lock = threading.RLock()  # a cell and a thread of the student's may swap at once
        self._begin()
        self.switchboard = Switchboard(Stage(assemble(self.shared)))
        self._background = Background(self.switchboard, self.settings, listener)
        self._background.start()

    def answers(self) -> bool:
        """Tell whether it is alive; a route with an endless loop makes it deaf."""
        return self._background.answers()

    def plug(self, name: str, route: Route) -> None:
        """Put `route` in the place of ours at once; accounts stay. ValueError: no such name."""
        path, endpoint, methods = route.path, watched(route.endpoint), route.methods
        with self._lock:
            plugged = {**self.plugged, name: Route(path, endpoint, methods=methods)}
            stage, app = self.switchboard.stage, assemble(self.shared, **plugged)
            self.switchboard.stage = Stage(app, stage.exchanges, stage.crashes)
            self.plugged = plugged

    def start_over(self) -> None:
        """Empty the database and put our own routes back; nothing recorded is kept."""
        with self._lock:
            self.shared.close()
            self._begin()
            self.switchboard.stage = Stage(assemble(self.shared))

    def stop(self) -> None:
        """End the thread, free the port, close the database; again is harmless."""
        self._background.stop()
        self.shared.close()

    def _begin(self) -> None:
        self.shared = open_empty(self.settings)
        self.plugged: dict[str, Route] = {}
