"""Exercise of lesson 09: a check of the origin that lets addresses in which look like ours."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from classroom.attacks.cross_origin_forms import BEGINNING, OTHERS, PORT, SIBLING, guards
from classroom.checking.exercise import Exercise, Wrong
from classroom.checking.visit import Visit
from classroom.weak_routes.playlists import unguarded
from minisrv.auth import csrf
from minisrv.errors import CrossSiteRequest

OURS = "http://trax.localhost"
LOOKALIKES = (
    "http://trax.localhost.evil.test",
    "http://evil-trax.localhost",
    "http://trax-localhost",
    BEGINNING,
)


def check(visit: Visit) -> None:
    """Ada's own page and a program; then pages at addresses that look like ours."""
    guards(visit, (*LOOKALIKES, *OTHERS))


def from_us(request):
    origin = request.headers.get("origin", "http://trax.localhost")
    site = request.headers.get("sec-fetch-site", "none")
    return origin == "http://trax.localhost" and site in ("same-origin", "none")


async def solution(request: Request) -> Response:
    if request.method == "POST" and not from_us(request):
        return JSONResponse({"error": "This was started by another page."}, 403)
    return await unguarded(request)


async def alternative(request: Request) -> Response:
    if request.method == "POST":
        csrf.same_origin_only(request)  # it takes our own name from the Host header
    return await unguarded(request)


def _guarded(site_is_ours: Callable[[str], bool], is_ours: Callable[[str], object]) -> Callable:
    """Return a route that calls both functions for a POST; a missing header counts as ours."""

    async def guarded(request: Request) -> Response:
        site = request.headers.get("sec-fetch-site", "none")
        origin = request.headers.get("origin", OURS)
        if request.method == "POST" and not (site_is_ours(site) and is_ours(origin)):
            raise CrossSiteRequest
        return await unguarded(request)

    return guarded


def _exact(site: str) -> bool:
    return site in ("same-origin", "none")


def _no_stranger(site: str) -> bool:
    return site != "cross-site"


def _host(origin: str) -> str:
    return urlsplit(origin).hostname or ""


WITHOUT = "without Sec-Fetch-*, a form"


async def no_urlencoded_form(request: Request) -> Response:
    if "urlencoded" in request.headers.get("content-type", ""):
        raise CrossSiteRequest
    return await unguarded(request)


FRAME = """\
server.reset()


def from_us(request):
    origin = request.headers.get("origin", "http://trax.localhost")
    site = request.headers.get("sec-fetch-site", "none")
    return ...


@server.endpoint("playlists")
async def compared(request):
    if request.method == "POST" and not from_us(request):
        return JSONResponse({"error": "This was started by another page."}, 403)
    return await unguarded(request)
"""

EXERCISE = Exercise(
    id="attack-startswith",
    title="Addresses that look like ours",
    endpoint="playlists",
    check=check,
    hints=(
        "Write down origins that begin like ours, and what a browser sends for each.",
        "An origin is scheme, host and port; one that is longer than ours is another origin.",
        "Compare the whole Origin with ==, and list the values of Sec-Fetch-Site to accept.",
    ),
    solution=solution,
    alternative=alternative,
    wrong=(
        Wrong(no_urlencoded_form, "a text/plain form of"),
        Wrong(_guarded(_no_stranger, lambda o: o.startswith(OURS)), "a form of " + PORT),
        Wrong(_guarded(_exact, lambda o: o.startswith(OURS)), f"{WITHOUT} of {LOOKALIKES[0]}"),
        Wrong(_guarded(_exact, lambda o: "trax.localhost" in o), f"{WITHOUT} of {LOOKALIKES[0]}"),
        Wrong(
            _guarded(_exact, lambda o: o.endswith("trax.localhost")),
            f"{WITHOUT} of {LOOKALIKES[1]}",
        ),
        Wrong(_guarded(_exact, lambda o: re.fullmatch(OURS, o)), f"{WITHOUT} of {LOOKALIKES[2]}"),
        Wrong(
            _guarded(_exact, lambda o: f".{_host(o)}".endswith(".trax.localhost")),
            f"{WITHOUT} of {SIBLING}",
        ),
        Wrong(_guarded(_exact, lambda o: _host(o) == "trax.localhost"), f"{WITHOUT} of {PORT}"),
        Wrong(
            _guarded(_exact, lambda o: urlsplit(o).netloc == "trax.localhost"),
            "without Sec-Fetch-*, a fetch of text/plain of https://trax.localhost",
        ),
        Wrong(_guarded(_exact, lambda o: o in (OURS, "null")), f"{WITHOUT} with Origin: null"),
        Wrong(_guarded(_exact, lambda o: o.startswith(OURS + "/")), "our own page"),
    ),
    afterthought="Text that begins like ours is not ours: compare the whole, scheme included.\n"
    "And list what is allowed, not what is forbidden: cross-site is only one kind of stranger.\n"
    "With neither header, letting in and blocking (OWASP recommends that) both pass here.",
    stub="compared",
    frame=FRAME,
)
