"""Answer those whose request is cut short because the server has to stop now.

A stop waits for them (serving.py), but not for ever; what is left then is cancelled, and uvicorn
would answer it in plain text. Left out: undoing what a thread is still doing; a sign-up that was
told to come again may find that its account is there.
"""

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from minisrv.answers import refusal
from minisrv.limits import Overloaded


class StopsWithAnAnswer:
    """ASGI middleware that answers 503 where a request is cancelled before its answer began."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap `app`."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the app answer, or say that it could not."""
        begun = False

        async def _noting(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, receive, _noting)
        except asyncio.CancelledError:
            if begun:  # half an answer cannot be mended; uvicorn hangs up
                raise
            sorry = Overloaded("The server is going down: please try again in a moment.")
            await refusal(sorry)(scope, receive, send)
