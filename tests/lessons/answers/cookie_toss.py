"""More answers to `cookie-toss`; the wrong ones try to get past the check."""

import secrets
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from classroom.checking.exercise import Wrong

GOOD = "Path=/; Secure; HttpOnly; SameSite=Lax"
Pairs = list[tuple[str, str]]
Pick = Callable[[Pairs], str | None]


def _pairs(request: Request) -> Pairs:
    lines = request.headers.get("cookie", "").split("; ")
    return [(name, value) for name, _, value in (line.partition("=") for line in lines)]


def keeping(name: str, attributes: str = GOOD, pick: Pick | None = None) -> Callable:
    """Return the route with the cookie `name`; `pick` reads the address from all cookies."""

    async def who_comes(request: Request) -> Response:
        if request.method == "GET":
            found = pick(_pairs(request)) if pick else dict(_pairs(request)).get(name)
            return JSONResponse({"email": found})
        email = (await request.json())["email"]
        line = f"{name}={email}; {attributes}"
        return JSONResponse({"email": email}, headers={"Set-Cookie": line})

    return who_comes


def _a_session_id() -> Callable[[Request], Awaitable[Response]]:
    """Return the route with a random id in the cookie, and the address in the server."""
    sessions: dict[str, str] = {}

    async def who_comes(request: Request) -> Response:
        if request.method == "GET":
            return JSONResponse({"email": sessions.get(request.cookies.get("__Host-id", ""))})
        email, id = (await request.json())["email"], secrets.token_urlsafe()
        sessions[id] = email
        line = f"__Host-id={id}; {GOOD}"
        return JSONResponse({"email": email}, headers={"Set-Cookie": line})

    return who_comes


def _the_last_one() -> Callable[[Request], Awaitable[Response]]:
    """Return a route that takes everybody for the one who signed in last."""
    last: list[str] = []

    async def who_comes(request: Request) -> Response:
        if request.method == "POST":
            last.append((await request.json())["email"])
        line = f"__Host-TRAX=1; {GOOD}"
        return JSONResponse({"email": last[-1]}, headers={"Set-Cookie": line})

    return who_comes


def _nobody_if_there_are_two(pairs: Pairs) -> str | None:
    found = [value for name, value in pairs if name == "TRAX"]
    return found[0] if len(found) == 1 else None


def _ends_with_trax(pairs: Pairs) -> str | None:
    return next((value for name, value in reversed(pairs) if name.endswith("TRAX")), None)


def _in_two_cookies(request: Request, email: str) -> Response:
    response = JSONResponse({"email": email})
    for name in ("TRAX", "SURE"):
        response.set_cookie(name, email, httponly=True, secure=True)
    return response


async def two_must_agree(request: Request) -> Response:
    if request.method == "POST":
        return _in_two_cookies(request, (await request.json())["email"])
    one, other = request.cookies.get("TRAX"), request.cookies.get("SURE")
    return JSONResponse({"email": one if one == other else None})


RIGHT = (keeping("__HOST-trax"), keeping("__Host-Http-TRAX"), _a_session_id())
WRONG = (
    Wrong(keeping("TRAX", GOOD + "; Domain=trax.localhost"), "with Path=/, leaves Ada"),
    Wrong(keeping("TRAX", "Path=/api/playlists; HttpOnly"), "leaves Ada"),
    Wrong(keeping("TRAX", pick=_nobody_if_there_are_two), "with Path=/, leaves Ada"),
    Wrong(keeping("__Host-TRAX", pick=_ends_with_trax), "with Path=/, leaves Ada"),
    Wrong(keeping("__Host-TRAX", "Path=/; HttpOnly"), "it is not Secure"),
    Wrong(keeping("__Host-TRAX", GOOD + "; Domain=trax.localhost"), "Domain"),
    Wrong(keeping("Host-TRAX"), "with Path=/, leaves Ada"),
    Wrong(two_must_agree, "with Path=/, leaves Ada"),
    Wrong(_the_last_one(), "null for a browser without a cookie"),
)
