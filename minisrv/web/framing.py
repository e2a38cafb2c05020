"""Reject a request whose length is said in two ways, and close its connection (RFC 9112 §6.1).

A proxy that counts by Content-Length and a server that counts by Transfer-Encoding see different
ends: the body of one is the next request of the other (request smuggling). h11 rejects all other
doubts about the length. Left out: other requests that h11 and uvicorn accept and RFC 9112 does not,
such as one that says HTTP/2.0. No harm is known of them.
"""

from starlette.types import ASGIApp, Receive, Scope, Send

from minisrv.errors import MalformedRequest
from minisrv.web.error_handlers import error_response

TWO_LENGTHS = "This request does not say clearly how long its body is."


class OneLengthOnly:
    """ASGI middleware that rejects Transfer-Encoding beside Content-Length, and in HTTP/1.0."""

    def __init__(self, app: ASGIApp) -> None:
        """Guard `app`."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or send 400, after which the connection ends."""
        if scope["type"] == "http" and _is_ambiguous(scope):
            return await error_response(MalformedRequest(TWO_LENGTHS))(scope, receive, send)
        return await self.app(scope, receive, send)


def _is_ambiguous(scope: Scope) -> bool:
    names = {name for name, _ in scope["headers"]}
    two = b"content-length" in names or scope.get("http_version") == "1.0"
    return b"transfer-encoding" in names and two
