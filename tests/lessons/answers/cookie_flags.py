"""More answers to `cookie-flags`; the wrong ones try to get past the check."""

import time
from collections.abc import Awaitable, Callable
from email.utils import formatdate

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from classroom.checking.exercise import Wrong

HOURS = 3600
GOOD = "Path=/; Secure; HttpOnly; SameSite=Lax"


def setting(*lines: str) -> Callable[[Request], Awaitable[Response]]:
    """Return a sign-in that sets cookies by these lines; {date} is in eight hours."""

    async def signin(request: Request) -> Response:
        response = JSONResponse({"hello": "Ada"})
        for line in lines:
            date = formatdate(time.time() + 8 * HOURS, usegmt=True)
            response.headers.append("Set-Cookie", line.format(date=date))
        return response

    return signin


async def as_a_parameter(request: Request) -> Response:
    response = JSONResponse({"hello": "Ada"})
    options = {"path": "/", "secure": True, "httponly": True, "samesite": "strict"}
    response.set_cookie("__Host-Http-TRAX", "ada", max_age=28_800, **options)
    return response


RIGHT = (
    setting(f"__Host-TRAX=ada; Expires={{date}}; {GOOD}"),
    setting(f"__host-trax=ada; max-age=28800; expires=Thu, 01 Jan 1970 00:00:00 GMT; {GOOD}"),
    as_a_parameter,
)
WRONG = (
    Wrong(setting(f"__Host-TRAX=ada; {GOOD}"), "a minute after eight hours it is gone"),
    Wrong(setting("__Host-TRAX=ada; Max-Age=28800; Path=/; HttpOnly"), "it is not Secure"),
    Wrong(setting(f"__Secure-TRAX=ada; Max-Age=28800; {GOOD}"), "no sibling can set"),
    Wrong(setting(f"__Http-TRAX=ada; Max-Age=28800; {GOOD}"), "no sibling can set"),
    Wrong(setting(f"__Host-TRAX=ada; Max-Age=28800; {GOOD}; Path=/api"), "its path is not /"),
    Wrong(setting(f"__Host-TRAX=ada; Max-Age=28800; {GOOD}; SameSite=None"), "a form of another"),
    Wrong(setting(f"__Host-TRAX=ada; Max-Age=28800; {GOOD}; Domain=trax.localhost"), "Domain"),
    Wrong(setting(f"__Host-TRAX=ada; Max-Age=86400; {GOOD}"), "after eight hours it is gone"),
    Wrong(setting(f"__Host-A=1; Max-Age=28800; {GOOD}", "B=2"), "keeps one cookie"),
    Wrong(setting("__Host-TRAX=ada; Max-Age=28800; Path=/; Secure"), "no script of the page"),
)
