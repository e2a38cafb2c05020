"""Put on every answer what tells a browser how little it may do with it.

The lines are those of the OWASP REST Security Cheat Sheet and of ASVS 5.0 §3.4. What a route has
set itself stays. Left out: Vary, for all our answers say no-store, so no cache asks what they
depend on; and CORS, since no other origin has any business here (ASVS 5.0 3.4.2).
"""

from collections.abc import Iterable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

Header = tuple[bytes, bytes]  # as ASGI has it, the name in lower case
ALWAYS = {
    # An answer is what its Content-Type says, whatever it looks like (3.4.4).
    "X-Content-Type-Options": "nosniff",
    # An answer of the API is no page: nothing in it runs, nobody frames it (3.4.3, 3.4.6).
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    # Other sites learn nothing of our addresses (3.4.5). Not "no-referrer": a browser would then
    # say "Origin: null" of our own forms and fetches, as it says of a stranger's sandbox.
    "Referrer-Policy": "same-origin",
    # Another origin may not load it as an image or a script, where it could be measured (3.5.8).
    "Cross-Origin-Resource-Policy": "same-origin",
    # A page that opened ours in a new tab keeps no hold on it (3.4.8).
    "Cross-Origin-Opener-Policy": "same-origin",
}
# Whoever came by TLS once comes by TLS for a year; over plain http a browser ignores it (3.4.1).
OVER_TLS = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}


class SecurityHeaders:
    """ASGI middleware that adds the headers; it belongs outside of all that answers."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap `app`."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the app answer, and add what its answer lacks."""

        async def _adding(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = completed(message.get("headers", ()), scope.get("scheme", "http"))
                message = {**message, "headers": headers}
            await send(message)

        await self.app(scope, receive, _adding)


def completed(theirs: Iterable[Header], scheme: str) -> list[Header]:
    """Return the headers of an answer, and ours behind them where they are not there yet."""
    theirs = list(theirs)
    there = {name.lower() for name, _ in theirs}
    ours = _BY_SCHEME.get(scheme, _ALWAYS)
    return theirs + [header for header in ours if header[0] not in there]


def _encoded(headers: dict[str, str]) -> list[Header]:
    """Return the headers as ASGI has them; done once, for it costs more than to send them."""
    return [(name.lower().encode(), value.encode()) for name, value in headers.items()]


_ALWAYS, _BY_SCHEME = _encoded(ALWAYS), {"https": _encoded(ALWAYS | OVER_TLS)}
