"""Answer those whose request is cut short because the server has to stop now.

A stop waits for them (serving.py), but not for ever, and not after a second Ctrl-C; what is left
is cancelled, and uvicorn would answer it in plain text. Left out: undoing what a thread is still
doing; a sign-up that was told to come again may find that its account is there.
"""

import asyncio
import socket
from types import FrameType

import uvicorn
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from minisrv.errors import Overloaded
from minisrv.web.error_handlers import refusal


class StopsWithAnAnswer:
    """ASGI middleware that answers 503 where a request is cancelled before its answer began."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap `app`."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the app answer, or say that it could not."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
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


class Server(uvicorn.Server):
    """uvicorn's server, which at its end answers whoever is left, and ends at a second Ctrl-C.

    uvicorn itself only cancels them and goes; and from Python 3.12.1 on, asyncio waits for open
    connections (Server.wait_closed), so that a second Ctrl-C would wait with it.
    """

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Take a signal to stop, and at the second one cancel what is under way."""
        super().handle_exit(sig, frame)
        if self.force_exit:
            for task in list(self.server_state.tasks):
                task.get_loop().call_soon_threadsafe(task.cancel)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop, and wait until those that were cancelled have said so to their clients."""
        await super().shutdown(sockets)
        left = list(self.server_state.tasks)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        if self.force_exit:  # uvicorn leaves it out, and then the app's own end is a traceback
            await self.lifespan.shutdown()
