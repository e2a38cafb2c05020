"""Add security headers to every response.

They are those of the OWASP REST Security Cheat Sheet and of ASVS 5.0 §3.4. A header that a route
has set itself stays. Left out: Vary, because every response says no-store, so no cache needs it;
and CORS, because no other origin may use this API (ASVS 5.0 3.4.2).
"""

from collections.abc import Iterable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

Header = tuple[bytes, bytes]  # as in ASGI, the name in lower case
ALWAYS = {
    # The browser must trust the Content-Type and not guess another type (3.4.4).
    "X-Content-Type-Options": "nosniff",
    # A response of the API is not a page: nothing in it runs, no page frames it (3.4.3, 3.4.6).
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    # Other sites do not learn our addresses (3.4.5). Not "no-referrer": the browser would then send
    # "Origin: null" with our own forms, as a sandboxed page of an attacker does.
    "Referrer-Policy": "same-origin",
    # Another origin cannot load it as an image or a script, which would leak its size (3.5.8).
    "Cross-Origin-Resource-Policy": "same-origin",
    # A page that opened ours in a new tab cannot control that tab (3.4.8).
    "Cross-Origin-Opener-Policy": "same-origin",
}
# A browser that came by TLS comes by TLS for a year; over plain http it ignores this (3.4.1).
OVER_TLS = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}


class SecurityHeaders:
    """ASGI middleware that adds the headers; it must be outside of everything that responds."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap `app`."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Call the app, and add the headers that its response lacks."""

        async def _send(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = completed(message.get("headers", ()), scope.get("scheme", "http"))
                message = {**message, "headers": headers}
            await send(message)

        await self.app(scope, receive, _send)


def completed(headers: Iterable[Header], scheme: str) -> list[Header]:
    """Return `headers`, followed by the security headers that are not among them."""
    headers = list(headers)
    present = {name.lower() for name, _ in headers}
    ours = ALWAYS | OVER_TLS if scheme == "https" else ALWAYS
    added = [(name.lower().encode(), value.encode()) for name, value in ours.items()]
    return headers + [header for header in added if header[0] not in present]
