"""Decorators that take one protection away from a route.

server.plug("signup", same_site(signup, ""))       # the cookie without SameSite
server.plug("me", any_origin(me))                  # readable by every page that asks
"""

import json
import re
from collections.abc import Awaitable, Callable
from functools import wraps

from starlette.datastructures import MutableHeaders
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

Endpoint = Callable[[Request], Awaitable[Response]]


def same_site(endpoint: Endpoint, value: str) -> Endpoint:
    """Return the handler with another SameSite in the cookies that it sets, or none for ""."""

    async def answering(request: Request) -> Response:
        response = await endpoint(request)
        attribute = f"; SameSite={value}" if value else ""
        lines = response.headers.getlist("set-cookie")
        del response.headers["set-cookie"]
        for line in lines:
            bare = re.sub(r"; *samesite=\w+", "", line, flags=re.IGNORECASE)
            response.headers.append("set-cookie", bare + attribute)
        return response

    return _named(answering, endpoint, f"SameSite={value or 'absent'}")


def any_origin(endpoint: Endpoint) -> Endpoint:
    """Return the handler behind Starlette's CORSMiddleware, configured as many websites advise."""

    async def answering(request: Request) -> Response:
        return _AnyOrigin(await endpoint(request))

    return _named(answering, endpoint, "any origin")


def giving_token(endpoint: Endpoint) -> Endpoint:
    """Return the handler with the token in the body of its response, instead of in a cookie."""

    async def answering(request: Request) -> Response:
        response = await endpoint(request)
        line, *_ = response.headers.getlist("set-cookie")  # the second would renew it
        token = line.partition(";")[0].partition("=")[2]
        body = {**json.loads(response.body), "token": token}
        return JSONResponse(body, response.status_code, {"Cache-Control": "no-store"})

    return _named(answering, endpoint, "giving the token")


def taking_token(endpoint: Endpoint) -> Endpoint:
    """Return the handler with the token taken from `Authorization: Bearer`, not from a cookie."""

    async def answering(request: Request) -> Response:
        headers = MutableHeaders(scope=request.scope)
        token = headers.get("authorization", "").removeprefix("Bearer ")
        headers["cookie"] = f"{request.app.state.settings.cookie.name}={token}"
        return await endpoint(Request(request.scope, request.receive))

    return _named(answering, endpoint, "taking the token")


class _AnyOrigin(Response):
    """A response that goes out through CORSMiddleware."""

    def __init__(self, inner: Response) -> None:
        super().__init__()
        self._cors = CORSMiddleware(inner, allow_origins=["*"], allow_credentials=True)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._cors(scope, receive, send)


def _named(answering: Endpoint, endpoint: Endpoint, what: str) -> Endpoint:
    """Name a function after the handler that it wraps, and after its change."""
    answering = wraps(endpoint)(answering)
    answering.__qualname__ = f"{endpoint.__qualname__}, {what}"
    return answering
