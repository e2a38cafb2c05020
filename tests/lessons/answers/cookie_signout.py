"""More answers to `cookie-signout`; the wrong ones try to get past the check."""

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from classroom.checking.exercise import Wrong
from minisrv.auth import sessions
from tests.support.answers import setting

NAME = "__Host-TRAX_ACCESS_TOKEN"
PAST = "Expires=Thu, 01 Jan 1970 00:00:00 GMT"


async def with_max_age(request: Request) -> Response:
    response = JSONResponse({"goodbye": True})
    response.set_cookie(NAME, "", max_age=0, secure=True, httponly=True, samesite="strict")
    return response


async def on_the_server_only(request: Request) -> Response:
    await sessions.end(request)
    return Response(status_code=204)


async def elsewhere(request: Request) -> Response:
    response = RedirectResponse("/", 303)
    response.delete_cookie(NAME, secure=True)
    return response


RIGHT = (
    with_max_age,
    setting(f"{NAME}=; {PAST}; Path=/; Secure"),
    setting(f"{NAME}=gone; Max-Age=-1; Path=/; Secure", **{"Clear-Site-Data": '"cache"'}),
)
WRONG = (
    Wrong(setting(f"{NAME}=; Max-Age=0; Path=/; Secure; Domain=trax.localhost"), "Domain"),
    Wrong(setting(f"{NAME}=; Max-Age=0; Path=/; Secure; Expires=0; Path=/api"), "path is not /"),
    Wrong(setting(f"{NAME.lower()}=; Max-Age=0; Path=/; Secure"), "no stored cookie has its name"),
    Wrong(setting(f"{NAME}=; Max-Age=1; Path=/; Secure"), "stored it"),
    Wrong(setting(f"{NAME}=deleted; Path=/; Secure"), "stored it"),
    Wrong(setting(f"{NAME}=; Expires=0; Path=/; Secure"), "stored it"),
    Wrong(setting(f"{NAME}; Max-Age=0; Path=/; Secure"), "it has no name"),
    Wrong(on_the_server_only, "received no Set-Cookie"),
    Wrong(elsewhere, "a status from 200 to 299"),
)
