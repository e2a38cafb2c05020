"""Exercise of lesson 08: a sibling subdomain tosses a cookie that looks like our own."""

import re

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from classroom.checking.browser_visit import BrowserVisit
from classroom.checking.exercise import Exercise, Wrong
from classroom.checking.visit import Visit

PATH, SIBLING = "/api/playlists", "http://blog.trax.localhost/"
ADA, MALLORY = "ada@trax.test", "mallory@evil.test"
PREFIX = re.compile("^(__Secure-|__Host-Http-|__Host-|__Http-)", re.IGNORECASE)
LAX = "Path=/; HttpOnly; SameSite=Lax"


def check(visit: Visit) -> None:
    """Mallory signs in herself, and tosses her own genuine cookie to Ada and to a stranger."""
    pairs = _signed_in(visit)
    for name in ("chromium", "firefox"):
        ada = BrowserVisit(visit, name)
        ada.send(PATH, "POST", json={"email": ADA})
        visit.expect(ada.cookies, f"the browser keeps the cookie; {ada.why}")
        visit.expect(_who(ada) == ADA, "after a POST, GET returns the e-mail address of that POST")
        nobody = _who(BrowserVisit(visit, name))
        visit.expect(nobody is None, "GET returns null for a browser without a cookie")
        for path in ("/", PATH):
            _toss(ada, pairs, path)
            reason = (
                f"Mallory's cookie, tossed from {SIBLING} with Path={path}, leaves Ada signed in"
            )
            visit.expect(_who(ada) == ADA, reason)
        stranger = BrowserVisit(visit, name)
        _toss(stranger, pairs, "/")
        visit.expect(_who(stranger) != MALLORY, "Mallory's cookie signs no stranger in as Mallory")


def _signed_in(visit: Visit) -> list[str]:
    """Return the cookies that Mallory gets, and the same without the prefix of their names."""
    answer = visit.post(PATH, json={"email": MALLORY})
    visit.expect(answer.status < 300 and answer.cookies, "a POST is answered with a Set-Cookie")
    pairs = [line.partition(";")[0] for line in answer.cookies]
    return list(dict.fromkeys([*(PREFIX.sub("", pair) for pair in pairs), *pairs]))


def _toss(browser: BrowserVisit, pairs: list[str], path: str) -> None:
    rest = f"Domain=trax.localhost; Path={path}; Secure; HttpOnly; SameSite=Lax"
    browser.receive(SIBLING, [f"{pair}; {rest}" for pair in pairs])


def _who(browser: BrowserVisit) -> object:
    return browser.send(PATH).json()["email"]


async def solution(request: Request) -> Response:
    name = "__Host-TRAX"
    if request.method == "GET":
        return JSONResponse({"email": request.cookies.get(name)})
    email = (await request.json())["email"]
    response = JSONResponse({"email": email})
    flags = {"httponly": True, "samesite": "lax", "secure": True}
    response.set_cookie(name, email, **flags)
    return response


async def alternative(request: Request) -> Response:
    name = "__Host-Http-TRAX"  # no script can plant this one either
    if request.method == "GET":
        return JSONResponse({"email": request.cookies.get(name)})
    email = (await request.json())["email"]
    response = JSONResponse({"email": email})
    response.set_cookie(name, email, httponly=True, secure=True, samesite="strict")
    return response


async def _answer(request: Request, name: str, attributes: str, pick: int = -1) -> Response:
    """Sign in, or return who is signed in, by the cookie `name`; `pick` chooses among several."""
    if request.method == "POST":
        email = (await request.json())["email"]
        response = JSONResponse({"email": email})
        response.headers.append("Set-Cookie", f"{name}={email}; {attributes}")
        return response
    pairs = [pair.split("=") for pair in request.headers.get("cookie", "").split("; ")]
    values = [pair[1] for pair in pairs if pair[0] == name]
    return JSONResponse({"email": values[pick] if values else None})


async def as_the_tutorial(request: Request) -> Response:
    return await _answer(request, "TRAX", LAX)


async def strict_and_secure(request: Request) -> Response:
    return await _answer(request, "__Secure-TRAX", "Path=/; HttpOnly; Secure; SameSite=Strict")


async def takes_the_first(request: Request) -> Response:
    return await _answer(request, "TRAX", LAX, pick=0)


async def longest_path_and_first(request: Request) -> Response:
    return await _answer(request, "TRAX", f"Path={PATH}; HttpOnly", pick=0)


async def http_prefix(request: Request) -> Response:
    return await _answer(request, "__Http-TRAX", f"{LAX}; Secure")


async def either_name(request: Request) -> Response:
    if request.method == "GET":
        found = request.cookies.get("__Host-TRAX") or request.cookies.get("TRAX")
        return JSONResponse({"email": found})
    return await solution(request)


async def prefix_alone(request: Request) -> Response:
    return await _answer(request, "__Host-TRAX", LAX)


FRAME = """\
@server.endpoint("playlists")
async def who_comes(request):
    name = ...
    if request.method == "GET":
        return JSONResponse({"email": request.cookies.get(name)})
    email = (await request.json())["email"]
    response = JSONResponse({"email": email})
    flags = {"httponly": True, "samesite": "lax", ...: True}
    response.set_cookie(name, email, **flags)
    return response
"""

EXERCISE = Exercise(
    id="cookie-toss",
    title="Somebody else's cookie under our name",
    endpoint="playlists",
    check=check,
    hints=(
        "A Cookie header contains names and values, but does not say who set them.",
        "The first gap is a name that a browser never accepts from a sibling.",
        'Write name = "__Host-TRAX", and "secure": True, which such a name needs.',
    ),
    solution=solution,
    alternative=alternative,
    wrong=(
        Wrong(as_the_tutorial, "with Path=/, leaves Ada"),
        Wrong(strict_and_secure, "with Path=/, leaves Ada"),
        Wrong(takes_the_first, "with Path=/api/playlists, leaves Ada"),
        Wrong(longest_path_and_first, "signs no stranger in"),
        Wrong(http_prefix, "with Path=/, leaves Ada"),
        Wrong(either_name, "signs no stranger in"),
        Wrong(prefix_alone, "it is not Secure"),
    ),
    afterthought="The server cannot see who set a cookie. The browser can.\n"
    "The name `__Host-` tells the browser to accept the cookie only with Secure, with Path=/\n"
    "and without Domain. So no sibling can set it.",
    stub="who_comes",
    frame=FRAME,
)
