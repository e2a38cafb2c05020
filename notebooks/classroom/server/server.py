"""The live server of a lesson: minisrv in the background of the kernel, its routes swappable.

There is one in a kernel. It answers at 127.0.0.1 only, because weak routes are plugged in.
"""

import sys
import threading
from collections import deque
from collections.abc import Callable
from typing import TypeVar

from starlette.routing import Route

from classroom.display import labels
from classroom.display.note import show_ready
from classroom.display.table import Table
from classroom.exchanges.exchange import Exchange
from classroom.server.crash import Crash
from classroom.server.database import columns, read_rows
from classroom.server.live_server import LiveServer
from classroom.server.network import HOST, go_direct
from classroom.server.patience import limit_waiting
from classroom.server.quiet_threads import THREADS
from minisrv.app import ROUTES
from minisrv.settings import Settings

SET_UP = "run the cell with server = Server(), then this one again"
ENDED = f"This server has ended: {SET_UP}."
REPLACED = (
    "A later Server(...) replaced this server; the one at {} runs now: "
    "run the cell with server = Server() again."
)
IN_A_ROUTE = "server.rows is for cells; a route reads request.app.state.database"
_SLOT = "_classroom_server"  # on sys: the one place that no reload and no autoreload replaces
Endpoint = TypeVar("Endpoint", bound=Callable[..., object])


class _Current:
    """Reads the running server from its slot, so that every copy of the class agrees."""

    def __get__(self, instance: object, owner: type) -> "Server | None":
        return getattr(sys, _SLOT, None)


class Server:
    """The running server; `Server()` again returns the same one, at the same port, reset."""

    current = _Current()

    def __init__(self, port: int = 0, **settings: object) -> None:
        """Start at `port` (a free one if it is 0 or busy), with minisrv's Settings by name.

        The database is in memory unless `database_url` says otherwise, and is emptied. Raises
        ValueError or TypeError for an invalid setting, RuntimeError if the start fails.
        """
        self._wanted = {"database_url": "sqlite://", **settings}
        wished = Settings(host=HOST, port=port, **self._wanted)  # raises before anything is touched
        go_direct()
        limit_waiting()
        before = Server.current
        again = before is not None and before._is_used
        if before and before._wanted == self._wanted and before._is_at(port):
            self.running = before.running
            self.reset()
        else:
            if before:
                before.stop()
            self.running = LiveServer(wished, fallback_port=before.running.port if before else 0)
            labels.forget()
        self.url, self.settings = self.running.url, self.running.settings
        setattr(sys, _SLOT, self)
        show_ready(self.url, None if port in (0, self.settings.port) else port, again)

    @property
    def exchanges(self) -> deque[Exchange]:
        """The recorded requests with their responses, the oldest first."""
        return self.running.switch.app.exchanges

    @property
    def crash(self) -> Crash | None:
        """The report of the last crash of your routes, or None."""
        crashes = self.running.switch.app.crashes
        return crashes[-1][1] if crashes else None

    def endpoint(
        self, name: str, methods: list[str] | None = None
    ) -> Callable[[Endpoint], Endpoint]:
        """Return a decorator that replaces the route `name` of minisrv by yours, at once.

        `methods` are those of the replaced route unless given. ValueError, with the names, if there
        is no such route. TypeError for anything but names. RuntimeError if this server has ended.
        """
        if callable(name):
            raise TypeError('Write the name of the route in brackets: @server.endpoint("health").')
        if isinstance(methods, str):
            raise TypeError(f'methods is a list: write methods=["{methods}"].')
        self._refuse_if_unknown_or_ended(name)

        def plug(function: Endpoint) -> Endpoint:
            route = Route(ROUTES[name].path, function, methods=methods or ROUTES[name].methods)
            self.running.plug(name, route)
            return function

        return plug

    def function(self, name: str) -> Callable[[Endpoint], Endpoint]:
        """Return a decorator that keeps a function for check(...): one that is no route.

        TypeError for anything but a name. RuntimeError if this server has ended.
        """
        if callable(name):
            example = f'@server.function("{name.__name__}")'
            raise TypeError(f"Write the name of the function in brackets: {example}.")
        self._refuse_if_ended()

        def keep(function: Endpoint) -> Endpoint:
            self.running.functions[name] = function
            return function

        return keep

    def plug(self, name: str, endpoint: Callable[..., object] | Route) -> None:
        """Replace the route `name` by a handler or a Route; accounts stay. Errors as above."""
        if isinstance(endpoint, Route):
            self._refuse_if_ended()
            self.running.plug(name, endpoint)
        elif callable(endpoint):
            self.endpoint(name)(endpoint)
        else:
            raise TypeError(f"Write the function itself, without quotes, and not {endpoint!r}.")

    def unplug(self, name: str) -> None:
        """Put our own route `name` back; accounts stay. Errors as above."""
        self._refuse_if_unknown_or_ended(name)
        self.running.unplug(name)

    def rows(self, name: str) -> Table:
        """Return all rows of a table such as "users", as anyone who has the database sees them.

        ValueError, with the names, if there is no such table. RuntimeError in a route, whose
        database may be another one, and if this server has ended.
        """
        if threading.current_thread().name.startswith(THREADS):
            raise RuntimeError(IN_A_ROUTE)
        self._refuse_if_ended()
        rows = read_rows(self.running.shared.engine, name)
        return Table(rows, columns(name), caption=name, plain=("email", "name"))

    def reset(self) -> None:
        """Start over: no accounts, our own routes, no exchanges, labels from 1.

        RuntimeError if this server has ended.
        """
        self._refuse_if_ended()
        self.running.start_over()
        labels.forget()

    def stop(self) -> None:
        """End the server and free its port; safe to call twice."""
        if Server.current and Server.current.running is self.running:
            delattr(sys, _SLOT)
        self.running.stop()

    def _refuse_if_unknown_or_ended(self, name: str) -> None:
        if name not in ROUTES:
            raise ValueError(f"There is no endpoint {name!r}; there are {', '.join(ROUTES)}.")
        self._refuse_if_ended()

    def _refuse_if_ended(self) -> None:
        current = Server.current
        if current is None or current.running is not self.running:
            raise RuntimeError(REPLACED.format(current.url) if current else ENDED)

    @property
    def _is_used(self) -> bool:
        """Whether there is something that a reset forgets."""
        return bool(self.exchanges or self.running.plugged)

    def _is_at(self, port: int) -> bool:
        same = port in (0, self.settings.port, self.running.wanted_port)
        return same and self.running.responds()
