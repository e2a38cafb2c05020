"""Answer 503 to requests that are cancelled because the server shuts down.

A shutdown waits for running requests, but not for ever, and not after a second Ctrl-C (see
serve/server.py). Left out: undoing what a thread still does. A visitor who was told to try again
may find that the account exists.
"""

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from minisrv.errors import Overloaded
from minisrv.web.error_handlers import error_response


class ShutdownResponseMiddleware:
    """ASGI middleware that sends 503 when a request is cancelled before its response started."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap `app`."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Call the app; send 503 if it is cancelled in time for that."""
        started = False

        async def _watch(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self.app(scope, receive, _watch)
        except asyncio.CancelledError:
            if started or scope["type"] != "http":  # half a response cannot be repaired
                raise
            error = Overloaded("The server is going down: please try again in a moment.")
            await error_response(error)(scope, receive, send)
