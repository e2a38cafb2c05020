"""What goes back and forth at the ASGI boundary in one exchange, kept within bounds.

Left out: cookies and credentials of other applications (credentials.py).
"""

from collections.abc import Iterable
from http import HTTPStatus

from starlette.types import Message, Scope

from classroom.exchanges import credentials
from classroom.exchanges.credentials import Headers

KEPT_BYTES = 65536  # of each body; the rest is counted
# Python before 3.13 has older phrases for these; the ones here are RFC 9110's (§15.5).
_PHRASES = {413: "Content Too Large", 416: "Range Not Satisfiable", 422: "Unprocessable Content"}

RawHeaders = Iterable[tuple[bytes, bytes]]


class Tape:
    """Notes each ASGI message of one exchange; `complete` once the response has ended."""

    def __init__(self, scope: Scope) -> None:
        """Begin with the request's line and headers, which `scope` holds."""
        self._scope = scope
        self._request, self._response = _Body(), _Body()
        self._status, self._headers = 0, ()
        self.complete = False

    def heard(self, message: Message) -> Message:
        """Note what the app receives, and return it unchanged."""
        if message["type"] == "http.request":
            self._request.add(message.get("body", b""))
        return message

    def said(self, message: Message) -> bool:
        """Note what the app sends; tell whether the client has the whole response with that."""
        if message["type"] == "http.response.start":
            self._status, self._headers = message["status"], tuple(message.get("headers", ()))
        elif message["type"] == "http.response.body" and not self.complete:
            if self._scope["method"] != "HEAD":  # what the app says there never goes over the wire
                self._response.add(message.get("body", b""))
            self.complete = not message.get("more_body", False) or self._is_whole()
            return self.complete
        return False

    def _is_whole(self) -> bool:
        """Tell whether a client stops reading here, though the app has not said so yet."""
        bodiless = self._scope["method"] == "HEAD" or self._status in (204, 304)
        length = _length(self._headers)
        return bodiless or (length > 0 and self._response.size >= length)

    def fields(self) -> dict[str, object]:
        """Return the fields of an Exchange."""
        if not self._status:  # an app that ends without a word: this is what uvicorn answers
            self._status, self._headers = 500, ((b"content-type", b"text/plain; charset=utf-8"),)
            self._response.add(b"Internal Server Error")
        scope, response_headers = self._scope, _decoded(self._headers)
        credentials.learn(response_headers)
        return {
            "method": scope["method"],
            "path": (scope.get("raw_path") or scope["path"].encode()).decode("latin-1"),
            "query": scope.get("query_string", b"").decode("latin-1"),
            "request_headers": tuple(credentials.of_the_course(_decoded(scope["headers"]))),
            "request_body": bytes(self._request.kept),
            "status": self._status,
            "reason": reason(self._status),
            "response_headers": response_headers,
            "response_body": bytes(self._response.kept),
            "request_left_out": self._request.left_out,
            "response_left_out": self._response.left_out,
            "unread": max(0, _length(scope["headers"]) - self._request.size),
        }


class _Body:
    """The first KEPT_BYTES of a body, and how many there were."""

    def __init__(self) -> None:
        self.kept, self.size = bytearray(), 0

    def add(self, part: bytes) -> None:
        self.kept += part[: max(0, KEPT_BYTES - len(self.kept))]
        self.size += len(part)

    @property
    def left_out(self) -> int:
        return self.size - len(self.kept)


def reason(status: int) -> str:
    """Return the phrase of a status code, "" for an unknown one (RFC 9110 §15)."""
    try:
        return _PHRASES.get(status) or HTTPStatus(status).phrase
    except ValueError:
        return ""


def _decoded(headers: RawHeaders) -> Headers:
    return tuple(
        (name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in headers
    )


def _length(headers: RawHeaders) -> int:
    stated = dict(headers).get(b"content-length", b"")
    return int(stated) if stated.isdigit() and len(stated) < 16 else 0
