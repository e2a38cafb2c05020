"""Make a route safe by default: no page of another origin changes anything, no cache stores.

The table in app.py does so with each of our own routes, and a new one cannot forget it. Each of the
two is an ASGI middleware around one route. A route that replaces one in class has neither: the
lessons attack it.
"""

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from minisrv.auth import csrf

SAFE_METHODS = ("GET", "HEAD", "OPTIONS", "TRACE")  # they change nothing, RFC 9110 §9.2.1


def safe(route: Route) -> Route:
    """Return `route` with both middlewares around it."""
    middleware = [Middleware(SameOriginOnly), Middleware(NoStore)]
    return Route(route.path, route.endpoint, methods=route.methods, middleware=middleware)


class SameOriginOnly:
    """Raise CrossSiteRequest if a page of another origin sent an unsafe method."""

    def __init__(self, app: ASGIApp) -> None:
        """Guard `app`, the handler of one route."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check the request, then call the route."""
        if scope["method"] not in SAFE_METHODS:
            csrf.same_origin_only(Request(scope))
        await self.app(scope, receive, send)


class NoStore:
    """Add `Cache-Control: no-store` to a response that has no Cache-Control (RFC 9111 §5.2.2.5)."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap `app`, the handler of one route."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Call the route, and add the header to its response."""

        async def _send_with_header(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = list(message["headers"])
                if all(name.lower() != b"cache-control" for name, _ in headers):
                    headers.insert(0, (b"cache-control", b"no-store"))
                message = {**message, "headers": headers}
            await send(message)

        await self.app(scope, receive, _send_with_header)
