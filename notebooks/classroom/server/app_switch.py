"""The app that uvicorn serves: it records requests, and the app behind it can be swapped.

A swap replaces one reference, so each request is answered by the old app or by the new one, never
by a mixture.
"""

from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field

from starlette.types import ASGIApp, Receive, Scope, Send

from classroom.exchanges.exchange import Exchange
from classroom.exchanges.recording import ID_KEY, Recorder
from classroom.server.crash import Crash
from classroom.server.crash_guard import ON_CRASH

KEPT = 500  # exchanges; the oldest are forgotten


@dataclass
class RecordedApp:
    """An app with a record of its exchanges, and of the crashes of a student's route in them."""

    app: ASGIApp
    exchanges: deque[Exchange] = field(default_factory=lambda: deque(maxlen=KEPT))
    crashes: deque[tuple[str, Crash]] = field(default_factory=lambda: deque(maxlen=KEPT))

    def __post_init__(self) -> None:
        """Put the recorder in front of the app."""
        self._recorder = Recorder(self._answer, self.exchanges)

    def crash_in(self, exchange: Exchange) -> Crash | None:
        """Return the crash of a student's route in `exchange`, or None."""
        return next((crash for id, crash in list(self.crashes) if id == exchange.id), None)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request and record it."""
        await self._recorder(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope[ON_CRASH] = lambda crash: self.crashes.append((scope[ID_KEY], crash))
        # Starlette answers 500 and then raises the error again, for the log of a server. There is
        # no log here, and uvicorn would close the connection before the client has read it all.
        with suppress(Exception):
            await self.app(scope, receive, send)


class AppSwitch:
    """Passes requests on to `app`; assign another RecordedApp to swap."""

    def __init__(self, app: RecordedApp) -> None:
        """Begin with `app`."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the present app answer."""
        await self.app(scope, receive, send)
