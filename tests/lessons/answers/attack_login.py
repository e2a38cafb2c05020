"""More answers to `attack-login`; the wrong ones try to get past the check."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from classroom.checking.exercise import Wrong
from classroom.weak_routes.signin import any_type
from minisrv.auth import csrf
from minisrv.errors import CrossSiteRequest, NotJson

OURS = "http://trax.localhost"
OWN = ("same-origin", "none")
Endpoint = Callable[[Request], Awaitable[Response]]


def refusing(foreign: Callable[[Request], object]) -> Endpoint:
    """Return a sign-in that rejects a request if `foreign(request)` is true."""

    async def guarded(request: Request) -> Response:
        if foreign(request):
            raise CrossSiteRequest
        return await any_type(request)

    return guarded


def _type(request: Request) -> str:
    return request.headers.get("content-type", "")


def _origin(request: Request) -> str:
    return request.headers.get("origin", OURS)


async def both_layers(request: Request) -> Response:
    csrf.same_origin_only(request)
    if _type(request).partition(";")[0].strip().lower() != "application/json":
        raise NotJson
    return await any_type(request)


async def fail_closed(request: Request) -> Response:
    """Without either header nobody signs in, not even a program: OWASP recommends to block."""
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site not in OWN if site else origin != OURS:
        return JSONResponse({"error": "Who asks?"}, 403)
    return await any_type(request)


async def by_origin_alone(request: Request) -> Response:
    if _origin(request) != OURS:
        return JSONResponse({"error": "This was started elsewhere."}, 403)
    return await any_type(request)


async def only_the_known_form(request: Request) -> Response:
    if b'"pad"' in await request.body():
        raise CrossSiteRequest
    return await any_type(request)


async def no_cookie_but_in(request: Request) -> Response:
    """Refuse pages of another site by an error page that signs in all the same."""
    answer = await any_type(request)
    if request.headers.get("sec-fetch-site", "none") in OWN and _origin(request) == OURS:
        return answer
    return JSONResponse({}, 403, {"Set-Cookie": answer.headers["set-cookie"]})


async def nobody_at_all(request: Request) -> Response:
    raise CrossSiteRequest


RIGHT = (both_layers, fail_closed, by_origin_alone)
FORM_TYPES = ("", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data")
WRONG = (
    Wrong(refusing(lambda r: _type(r).partition(";")[0] in FORM_TYPES), "a fetch of TEXT/PLAIN"),
    Wrong(refusing(lambda r: not _type(r).endswith("json")), "a fetch of text/plain of"),
    Wrong(refusing(lambda r: not _origin(r).endswith("trax.localhost")), "form of http://blog"),
    Wrong(refusing(lambda r: not _origin(r).startswith(OURS)), "of http://trax.localhost:9999"),
    Wrong(refusing(lambda r: "evil" in _origin(r)), "form of http://blog.trax.localhost"),
    Wrong(refusing(lambda r: _origin(r) not in (OURS, "null")), "with Origin: null"),
    Wrong(refusing(lambda r: r.headers.get("sec-fetch-mode") == "navigate"), "a fetch of"),
    Wrong(refusing(lambda r: "cookie" in r.headers), "a text/plain form of http://evil.localhost"),
    Wrong(only_the_known_form, "JSONDecodeError"),  # of an urlencoded form
    Wrong(no_cookie_but_in, "no cookie is set"),
    Wrong(nobody_at_all, "our own page, signs in"),
    Wrong(refusing(lambda r: not _type(r).startswith("application/json")), "with the type"),
)
