"""One HTTP request with its response, and the middleware that records them at the server.

Left out: how an exchange is shown (exchange_view.py), and what exactly is kept (tape.py).
"""

import json
import re
from collections import deque
from dataclasses import dataclass

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from classroom.display.displayable import Displayable
from classroom.exchanges import exchange_view
from classroom.exchanges.credentials import Headers
from classroom.exchanges.recording import Tape

_JWT = re.compile(r"[\w-]+\.[\w-]+\.[\w-]*", re.ASCII)


@dataclass(frozen=True, repr=False)
class Exchange(Displayable):
    """A request and its response as they were on the wire; header names in lower case.

    Bodies hold at most 64 KiB; `request_left_out` and `response_left_out` count the rest, and
    `unread` the bytes of a request's body that the route never asked for.
    """

    method: str
    path: str
    query: str
    request_headers: Headers
    request_body: bytes
    status: int
    reason: str
    response_headers: Headers
    response_body: bytes
    request_left_out: int = 0
    response_left_out: int = 0
    unread: int = 0

    def json(self) -> object:
        """Return what the response's body says as JSON, or raise ValueError."""
        return json.loads(self.response_body)

    @property
    def cookies(self) -> list[str]:
        """The values of the response's Set-Cookie lines, in order."""
        return [value for name, value in self.response_headers if name == "set-cookie"]

    @property
    def token(self) -> str | None:
        """The first JWT that the response sets as a cookie, or None."""
        values = [line.split(";")[0].partition("=")[2].strip(' "') for line in self.cookies]
        return next((value for value in values if _JWT.fullmatch(value)), None)

    def as_text(self) -> str:
        """Return the exchange as plain text, like HTTP on the wire."""
        return exchange_view.as_text(self)

    def as_html(self) -> str:
        """Return the exchange as HTML, request and response beside each other."""
        return exchange_view.as_html(self)


class Recorder:
    """ASGI middleware that appends an Exchange to `exchanges` for each HTTP request.

    It does so before the last part of a response is sent on, and sends the head on together with
    the first part of the body: whoever has received the whole response finds it recorded. It
    belongs outside of the app's error handling.
    """

    def __init__(self, app: ASGIApp, exchanges: deque[Exchange]) -> None:
        """Record what `app` answers in `exchanges`, whose `maxlen` bounds the memory."""
        self.app = app
        self.exchanges = exchanges

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the app answer, listening at both ends; anything but HTTP passes unheard."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        tape = Tape(scope)
        held: list[Message] = []  # the head of the response, of which the client may make an end

        async def heard() -> Message:
            return tape.heard(await receive())

        async def said(message: Message) -> None:
            if tape.said(message):
                self.exchanges.append(Exchange(**tape.fields()))
            held.append(message)
            if message["type"] != "http.response.start":
                await send_on()

        async def send_on() -> None:
            while held:
                await send(held.pop(0))

        try:
            await self.app(scope, heard, said)
        finally:  # crashed before the end of its response: what there is of it
            if not tape.complete:
                self.exchanges.append(Exchange(**tape.fields()))
                await send_on()
