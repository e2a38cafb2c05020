"""More answers to `cookie-flags`; the wrong ones try to get past the check."""

import time
from email.utils import formatdate

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from classroom.checking.exercise import Wrong
from tests.support.answers import setting

HOURS = 3600
GOOD = "Path=/; Secure; HttpOnly; SameSite=Lax"


async def until_a_date(request: Request) -> Response:
    date = formatdate(time.time() + 8 * HOURS, usegmt=True)
    return await setting(f"__Host-TRAX=ada; Expires={date}; {GOOD}")(request)


async def as_a_parameter(request: Request) -> Response:
    response = JSONResponse({"hello": "Ada"})
    options = {"path": "/", "secure": True, "httponly": True, "samesite": "strict"}
    response.set_cookie("__Host-Http-TRAX", "ada", max_age=28_800, **options)
    return response


RIGHT = (
    until_a_date,
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
