"""Exercise of lesson 09: reject requests from pages of other origins, siblings included."""

from collections.abc import Callable
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from classroom.attacks.cross_origin_forms import BEGINNING, OTHERS, guards
from classroom.checking.exercise import Exercise, Wrong
from classroom.checking.visit import Visit
from classroom.weak_routes.playlists import unguarded
from minisrv.errors import CrossSiteRequest

OWN = ("same-origin", "none")
OURS = "http://trax.localhost"


def check(visit: Visit) -> None:
    """Ada's own page; then a stranger, a sibling, another port or scheme, a sandbox; a program."""
    guards(visit, (*OTHERS, BEGINNING))


async def solution(request: Request) -> Response:
    site = request.headers.get("sec-fetch-site")  # None if it is missing
    origin = request.headers.get("origin")
    ours = "http://" + request.headers["host"]
    foreign = site not in ("same-origin", "none") if site else origin not in (None, ours)
    if request.method == "POST" and foreign:
        return JSONResponse({"error": "This was started by another page."}, 403)
    return await unguarded(request)


async def alternative(request: Request) -> Response:
    # This one is strict: a browser sends Origin with every POST, so without it there is no entry,
    # not even for a program. (A form of a page with Referrer-Policy: no-referrer says "null".)
    if request.method == "POST" and request.headers.get("origin") != OURS:
        raise CrossSiteRequest
    return await unguarded(request)


def _refusing(foreign: Callable[[str | None, str | None], bool], *methods: str) -> Callable:
    """Return a route that rejects if `foreign(sec_fetch_site, origin)` is true."""

    async def guarded(request: Request) -> Response:
        site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
        if request.method in (methods or ("POST",)) and foreign(site, origin):
            raise CrossSiteRequest
        return await unguarded(request)

    return guarded


async def host_and_port(request: Request) -> Response:
    """Compare all of the origin but its scheme."""
    origin = request.headers.get("origin", OURS)
    if request.method == "POST" and urlsplit(origin).netloc != request.headers["host"]:
        raise CrossSiteRequest
    return await unguarded(request)


async def no_urlencoded_form(request: Request) -> Response:
    if "urlencoded" in request.headers.get("content-type", ""):
        raise CrossSiteRequest
    return await unguarded(request)


async def too_late(request: Request) -> Response:
    answer = await unguarded(request)
    if request.method == "POST" and request.headers.get("origin", OURS) != OURS:
        answer.status_code = 403
    return answer


strangers_only = _refusing(lambda site, origin: site == "cross-site")
sec_fetch_alone = _refusing(lambda site, origin: site not in (None, *OWN))
sec_fetch_demanded = _refusing(lambda site, origin: site not in OWN)
none_is_foreign = _refusing(lambda site, origin: site != "same-origin", "GET", "POST")
origin_always = _refusing(lambda site, origin: origin != OURS, "GET", "POST")
null_is_ours = _refusing(lambda site, origin: origin not in (None, "null", OURS))
null_where_silent = _refusing(
    lambda site, origin: site not in OWN if site else origin not in (None, "null", OURS)
)
any_header = _refusing(lambda site, origin: bool(site or origin))


FRAME = """\
from classroom.weak_routes.playlists import unguarded

server.reset()


@server.endpoint("playlists")
async def guarded(request):
    site = request.headers.get("sec-fetch-site")  # None if it is missing
    origin = request.headers.get("origin")
    ours = "http://" + request.headers["host"]
    foreign = ...
    if request.method == "POST" and foreign:
        return JSONResponse({"error": "This was started by another page."}, 403)
    return await unguarded(request)
"""

EXERCISE = Exercise(
    id="attack-origin",
    title="Who started this request?",
    endpoint="playlists",
    check=check,
    hints=(
        "Two headers say where a request was started, and no page can set either of them.",
        "If Sec-Fetch-Site is there, it decides; else Origin; without both, you choose.",
        "The gap is true for a site that is not 'same-origin' or 'none' and, where no site is "
        "sent, for an origin that is not ours.",
    ),
    solution=solution,
    alternative=alternative,
    wrong=(
        Wrong(no_urlencoded_form, "a text/plain form of"),
        Wrong(unguarded, "a form of http://evil.localhost is"),
        Wrong(strangers_only, "a form of http://blog.trax.localhost is"),
        Wrong(sec_fetch_alone, "without Sec-Fetch-*, a form of http://evil.localhost"),
        Wrong(sec_fetch_demanded, "without Sec-Fetch-*, a fetch of http://trax.localhost, our own"),
        Wrong(none_is_foreign, "a typed address"),
        Wrong(host_and_port, "a fetch of text/plain of https://trax.localhost"),
        Wrong(origin_always, "our own page gets the list"),
        Wrong(null_is_ours, "a form with Origin: null"),
        Wrong(null_where_silent, "without Sec-Fetch-*, a form with Origin: null"),
        Wrong(any_header, "a fetch of http://trax.localhost, our own page"),
        Wrong(too_late, "adds nothing"),
    ),
    afterthought="Write an allowlist: our page, a typed address. Then a sibling, another port or\n"
    "scheme and a sandbox need no line. A request that has neither header may get in, as in\n"
    "minisrv (fail open), or be blocked, as OWASP recommends (fail closed): both pass here.",
    stub="guarded",
    frame=FRAME,
)
