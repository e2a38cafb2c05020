"""More answers to `attack-startswith`; the wrong ones try to get past the check."""

import re
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from classroom.checking.exercise import Wrong
from classroom.weak_routes.playlists import unguarded
from minisrv.errors import CrossSiteRequest

OURS = "http://trax.localhost"
OWN = ("same-origin", "none")
Endpoint = Callable[[Request], Awaitable[Response]]


def asking(from_us: Callable[[str, str], object], missing: str = OURS) -> Endpoint:
    """Return a route that asks `from_us(origin, site)` for a POST; `missing` is no Origin."""

    async def compared(request: Request) -> Response:
        origin = request.headers.get("origin", missing)
        site = request.headers.get("sec-fetch-site", "none")
        if request.method == "POST" and not from_us(origin, site):
            raise CrossSiteRequest
        return await unguarded(request)

    return compared


def _part(origin: str) -> tuple[str, str | None, int]:
    parts = urlsplit(origin)
    port = {"http": 80, "https": 443}.get(parts.scheme, 0)
    return parts.scheme, parts.hostname, parts.port or port


by_the_pattern = asking(lambda o, s: re.fullmatch(re.escape(OURS), o) and s in OWN)
by_the_parts = asking(lambda o, s: _part(o) == ("http", "trax.localhost", 80) and s in OWN)
fail_closed = asking(lambda o, s: o == OURS and s in OWN, missing="")
any_spelling = asking(lambda o, s: o.lower() == OURS and s in OWN)

NOT_OURS = ("http://evil.localhost", "http://blog.trax.localhost", "null")
RIGHT = (by_the_pattern, by_the_parts, fail_closed, any_spelling)
WRONG = (
    Wrong(asking(lambda o, s: OURS.startswith(o) and s in OWN), "a form of http://trax.local "),
    Wrong(asking(lambda o, s: o not in NOT_OURS and s in OWN), "http://trax.localhost.evil.test"),
    Wrong(asking(lambda o, s: re.match(OURS + r"(:\d+)?$", o) and s in OWN), "http://trax-localh"),
    Wrong(asking(lambda o, s: o.strip("/:0123456789") == OURS and s in OWN), "localhost:9999"),
    Wrong(asking(lambda o, s: o.replace("https", "http") == OURS and s in OWN), "https://trax"),
    Wrong(asking(lambda o, s: o.partition("//")[2] == "trax.localhost"), "of https://trax"),
    Wrong(asking(lambda o, s: _part(o)[1] in ("trax.localhost", None) and s in OWN), "9999"),
    Wrong(asking(lambda o, s: OURS.endswith(o.partition("//")[2])), "with Origin: null"),
    Wrong(asking(lambda o, s: s in OWN), "without Sec-Fetch-*, a form of http://trax.localhost.ev"),
    Wrong(asking(lambda o, s: o == OURS or s == "same-site"), "a form of http://blog"),
    Wrong(asking(lambda o, s: o == OURS + "/" and s in OWN), "our own page"),
    Wrong(asking(lambda o, s: not o.count(".evil") and s in OWN), "http://evil-trax.localhost"),
)
