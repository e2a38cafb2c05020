"""Record each request and its response at the ASGI boundary, within bounds.

Left out: cookies and credentials of other applications (credentials.py).
"""

import secrets
from collections import deque
from collections.abc import Iterable
from http import HTTPStatus

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from classroom.exchanges import credentials
from classroom.exchanges.credentials import Headers
from classroom.exchanges.exchange import Exchange

ID_HEADER = "x-exchange"  # of each response: says which exchange it belongs to; never displayed
ID_KEY = "classroom.exchange"  # of each request's scope, for the same id
KEPT_BYTES = 65536  # of each body; the rest is counted
# Python before 3.13 has older phrases for these; the ones here are RFC 9110's (§15.5).
_PHRASES = {413: "Content Too Large", 416: "Range Not Satisfiable", 422: "Unprocessable Content"}
# What a client gets when the app sends nothing at all; uvicorn would send the same, without an id.
_NO_RESPONSE: tuple[Message, ...] = (
    {
        "type": "http.response.start",
        "status": 500,
        "headers": [
            (b"content-type", b"text/plain; charset=utf-8"),
            (b"content-length", b"21"),
            (b"connection", b"close"),
        ],
    },
    {"type": "http.response.body", "body": b"Internal Server Error"},
)

RawHeaders = Iterable[tuple[bytes, bytes]]


class Recorder:
    """ASGI middleware that appends an Exchange to `exchanges` for each HTTP request.

    It records before it sends the last part of a response, and it sends the head together with the
    first part of the body. So a client that has the whole response finds it recorded. The recorder
    belongs outside of the app's error handling.
    """

    def __init__(self, app: ASGIApp, exchanges: deque[Exchange]) -> None:
        """Record what `app` answers in `exchanges`, whose `maxlen` bounds the memory."""
        self.app = app
        self.exchanges = exchanges

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the app answer and record both sides; anything but HTTP is passed on unrecorded."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        recording = _Recording(scope)
        head: list[Message] = []  # held back until the body begins

        async def on_receive() -> Message:
            return recording.on_receive(await receive())

        async def on_send(message: Message) -> None:
            if message["type"] == "http.response.start":
                recording.on_start(message)
                head.append(recording.with_id(message))
                return
            if recording.on_body(message):
                self.exchanges.append(recording.exchange())
            while head:
                await send(head.pop(0))
            await send(message)

        try:
            await self.app({**scope, ID_KEY: recording.id}, on_receive, on_send)
        finally:
            if not recording.started:
                for message in _NO_RESPONSE:
                    await on_send(message)
            elif not recording.complete:  # the app crashed in the middle of its response
                self.exchanges.append(recording.exchange())
                while head:
                    await send(head.pop(0))


class _Recording:
    """Keeps the ASGI messages of one exchange; `complete` once the response has ended."""

    def __init__(self, scope: Scope) -> None:
        """Begin with the request's line and headers, which `scope` holds."""
        self.id = secrets.token_hex(8)
        self._scope = scope
        self._request, self._response = _Body(), _Body()
        self._status, self._headers = 0, ()
        self.complete = False

    @property
    def started(self) -> bool:
        """True once the app has sent the head of its response."""
        return self._status > 0

    def on_receive(self, message: Message) -> Message:
        """Keep what the app receives, and return it unchanged."""
        if message["type"] == "http.request":
            self._request.add(message.get("body", b""))
        return message

    def on_start(self, message: Message) -> None:
        """Keep the head of the response."""
        self._status, self._headers = message["status"], tuple(message.get("headers", ()))

    def with_id(self, message: Message) -> Message:
        """Return the head of the response with the header by which the exchange is found again."""
        header = (ID_HEADER.encode(), self.id.encode())
        return {**message, "headers": [*message.get("headers", ()), header]}

    def on_body(self, message: Message) -> bool:
        """Keep a part of the response's body; return True if it completes the response."""
        if message["type"] != "http.response.body" or self.complete:
            return False
        if self._scope["method"] != "HEAD":  # what the app sends here never goes over the wire
            self._response.add(message.get("body", b""))
        self.complete = not message.get("more_body", False) or self._is_whole()
        return self.complete

    def _is_whole(self) -> bool:
        """Return True if a client stops reading here, though the app has not ended the response."""
        bodiless = self._scope["method"] == "HEAD" or self._status in (204, 304)
        length = _content_length(self._headers)
        return bodiless or (length > 0 and self._response.size >= length)

    def exchange(self) -> Exchange:
        """Return what was kept."""
        scope, response_headers = self._scope, _decoded(self._headers)
        credentials.learn(response_headers)
        return Exchange(
            method=scope["method"],
            path=(scope.get("raw_path") or scope["path"].encode()).decode("latin-1"),
            query=scope.get("query_string", b"").decode("latin-1"),
            request_headers=tuple(credentials.of_the_course(_decoded(scope["headers"]))),
            request_body=bytes(self._request.kept),
            status=self._status,
            reason=_reason(self._status),
            response_headers=response_headers,
            response_body=bytes(self._response.kept),
            request_left_out=self._request.left_out,
            response_left_out=self._response.left_out,
            unread=max(0, _content_length(scope["headers"]) - self._request.size),
            id=self.id,
        )


class _Body:
    """The first KEPT_BYTES of a body, and how many bytes there were."""

    def __init__(self) -> None:
        self.kept, self.size = bytearray(), 0

    def add(self, part: bytes) -> None:
        self.kept += part[: max(0, KEPT_BYTES - len(self.kept))]
        self.size += len(part)

    @property
    def left_out(self) -> int:
        return self.size - len(self.kept)


def _reason(status: int) -> str:
    """Return the phrase of a status code, "" for an unknown one (RFC 9110 §15)."""
    try:
        return _PHRASES.get(status) or HTTPStatus(status).phrase
    except ValueError:
        return ""


def _decoded(headers: RawHeaders) -> Headers:
    return tuple(
        (name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in headers
    )


def _content_length(headers: RawHeaders) -> int:
    stated = dict(headers).get(b"content-length", b"")
    return int(stated) if stated.isdigit() and len(stated) < 16 else 0
