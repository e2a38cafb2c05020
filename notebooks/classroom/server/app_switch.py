"""The one ASGI app that uvicorn knows: it passes each request on to the app of the moment.

A swap replaces one reference, so a request is answered by the old app or by the new one, whole.
Left out: how an app is made (server.py).
"""

from collections import deque
from dataclasses import dataclass, field

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from classroom.exchanges.exchange import Exchange, Recorder
from classroom.server.crash import Crash
from classroom.server.crash_guard import CRASH

KEPT = 500  # exchanges, of which the oldest are forgotten


@dataclass
class Stage:
    """An app, what was said to it, and which of its answers were crashes of a student's route."""

    app: ASGIApp
    exchanges: deque[Exchange] = field(default_factory=lambda: deque(maxlen=KEPT))
    crashes: deque[tuple[Exchange, Crash]] = field(default_factory=lambda: deque(maxlen=KEPT))

    def __post_init__(self) -> None:
        """Put the recorder in front of the app."""
        self._recorder = Recorder(self._answer, self.exchanges)

    def crash_behind(self, exchange: Exchange) -> Crash | None:
        """Return the crash that `exchange`, one of ours, was the answer to, or None."""
        return next((crash for one, crash in list(self.crashes) if one is exchange), None)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, and note its crash before the client hears of it."""

        async def noting(message: Message) -> None:
            # The recorder has just added the exchange; nothing else ran in between.
            if CRASH in scope and message["type"] == "http.response.body":
                self.crashes.append((self.exchanges[-1], scope.pop(CRASH)))
            await send(message)

        await self._recorder(scope, receive, noting)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        answered = False

        async def watching(message: Message) -> None:
            nonlocal answered
            answered = answered or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, watching)
        except Exception:
            # Starlette raises again what it has answered with 500; uvicorn would cut the line.
            if not answered:
                raise


class Switchboard:
    """Passes requests on to `stage`; assign another stage to swap."""

    def __init__(self, stage: Stage) -> None:
        """Begin with `stage`."""
        self.stage = stage

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the present stage answer."""
        await self.stage(scope, receive, send)
