"""More answers to `attack-origin`; the wrong ones try to get past the check."""

import asyncio
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from classroom.checking.exercise import Wrong
from classroom.weak_routes.playlists import unguarded
from minisrv.auth import csrf
from minisrv.errors import CrossSiteRequest

OURS = "http://trax.localhost"
ATTACKERS = ("http://evil.localhost", "http://blog.trax.localhost", "null")
Endpoint = Callable[[Request], Awaitable[Response]]


def refusing(foreign: Callable[[Request], object]) -> Endpoint:
    """Return a route that rejects a POST if `foreign(request)` is true."""

    async def guarded(request: Request) -> Response:
        if request.method == "POST" and foreign(request):
            raise CrossSiteRequest
        return await unguarded(request)

    return guarded


async def the_server_s_own(request: Request) -> Response:
    if request.method == "POST":
        csrf.same_origin_only(request)
    return await unguarded(request)


async def neither_is_refused(request: Request) -> Response:
    """Fail closed: Sec-Fetch-Site or Origin must be there, and say that it is us."""
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    ours = site in ("same-origin", "none") if site else origin == OURS
    if request.method == "POST" and not ours:
        return JSONResponse({"error": "Who asks?"}, 403)
    return await unguarded(request)


async def both_must_agree(request: Request) -> Response:
    """Fail open; but each of the two headers that is there must say that it is us."""
    site = request.headers.get("sec-fetch-site", "same-origin")
    origin = request.headers.get("origin", OURS)
    if request.method == "POST" and (site not in ("same-origin", "none") or origin != OURS):
        raise CrossSiteRequest
    return await unguarded(request)


async def adds_it_later(request: Request) -> Response:
    if request.method == "POST" and request.headers.get("origin", OURS) != OURS:
        await request.body()
        state = request.app.state
        state.later = {*getattr(state, "later", ()), asyncio.create_task(unguarded(request))}
        await asyncio.sleep(0.05)
        raise CrossSiteRequest
    return await unguarded(request)


async def as_get(request: Request) -> Response:
    """Guard nothing but say 403 afterwards."""
    answer = await unguarded(request)
    own = request.headers.get("sec-fetch-site", "none") in ("same-origin", "none")
    return answer if own else JSONResponse({}, 403)


def _host(request: Request) -> str:
    return request.headers.get("origin", OURS).partition("//")[2].partition(":")[0]


def _typeless(request: Request) -> bool:
    return request.headers.get("content-type", "") != "application/json"


RIGHT = (the_server_s_own, neither_is_refused, both_must_agree)
WRONG = (
    Wrong(refusing(lambda r: r.headers.get("origin", OURS) not in OURS), "of http://trax.local "),
    Wrong(refusing(_typeless), "JSON of http://evil.localhost is answered 403"),
    Wrong(refusing(lambda r: _host(r) != "trax.localhost"), "a form of http://trax.localhost:9999"),
    Wrong(refusing(lambda r: r.headers.get("origin") in ATTACKERS), "http://trax.localhost:9999"),
    Wrong(refusing(lambda r: r.headers.get("sec-fetch-mode") == "navigate"), "fetch of text/plain"),
    Wrong(refusing(lambda r: r.headers.get("sec-fetch-dest") == "document"), "fetch of text/plain"),
    Wrong(refusing(lambda r: "text/plain" in r.headers.get("content-type", "")), "a form of"),
    Wrong(refusing(lambda r: "cookie" not in r.headers), "a form of http://evil.localhost"),
    Wrong(refusing(lambda r: "referer" not in r.headers), "our own page, adds a playlist"),
    Wrong(refusing(lambda r: "x-requested-with" not in r.headers), "our own page, adds a playlist"),
    Wrong(refusing(lambda r: r.headers.get("sec-fetch-site") == "same-site"), "evil.localhost"),
    Wrong(adds_it_later, "adds nothing"),
    Wrong(as_get, "adds nothing"),
)
