"""A started server: its thread and port, its database, and the routes that are plugged in now."""

import threading
from collections.abc import Callable
from dataclasses import replace

from starlette.routing import Route

from classroom.server.app_switch import AppSwitch, RecordedApp
from classroom.server.crash_guard import crash_guard
from classroom.server.database import open_empty
from classroom.server.network import HOST, listen
from classroom.server.server_thread import ServerThread
from minisrv.app import assemble
from minisrv.settings import Settings


class LiveServer:
    """minisrv with the routes `plugged` in place of its own, serving at `url` until `stop`."""

    def __init__(self, settings: Settings, fallback_port: int = 0) -> None:
        """Serve at `settings.port`; if that is 0 or busy, at `fallback_port`; else at a free port.

        Raises RuntimeError when the server does not start, SQLAlchemyError for the database.
        """
        listener = listen(settings.port, fallback_port)
        self.port: int = listener.getsockname()[1]
        self.wanted_port = settings.port
        self.settings = replace(settings, port=self.port)
        self.url = f"{'https' if settings.tls_cert else 'http'}://{HOST}:{self.port}"
        self._lock = threading.RLock()  # a cell and a thread of the student may swap at once
        try:
            self._open()
        except BaseException:
            listener.close()
            raise
        self.switch = AppSwitch(RecordedApp(assemble(self.shared)))
        self._thread = ServerThread(self.switch, self.settings, listener)
        self._thread.start()

    def responds(self) -> bool:
        """Return True if its event loop runs; an endless loop in a route blocks it."""
        return self._thread.responds()

    def plug(self, name: str, route: Route) -> None:
        """Replace the route `name` at once; accounts stay. Raises ValueError: no such name."""
        path, endpoint, methods = route.path, crash_guard(route.endpoint), route.methods
        with self._lock:
            self._swap({**self.plugged, name: Route(path, endpoint, methods=methods)})

    def unplug(self, name: str) -> None:
        """Put minisrv's own route `name` back at once, if another one is plugged in."""
        with self._lock:
            self._swap({key: route for key, route in self.plugged.items() if key != name})

    def start_over(self) -> None:
        """Empty the database, put minisrv's own routes back, and forget all exchanges."""
        self._thread.end_work()  # a route of before may be in an endless loop
        with self._lock:
            self.shared.close()
            self._open()
            self.switch.app = RecordedApp(assemble(self.shared))

    def stop(self) -> None:
        """End the thread, free the port, close the database; safe to call twice."""
        self._thread.stop()
        self.shared.close()

    def _swap(self, plugged: dict[str, Route]) -> None:
        before, app = self.switch.app, assemble(self.shared, **plugged)
        self.switch.app = RecordedApp(app, before.exchanges, before.crashes)
        self.plugged = plugged

    def _open(self) -> None:
        self.shared = open_empty(self.settings)
        self.plugged: dict[str, Route] = {}
        self.functions: dict[str, Callable[..., object]] = {}
