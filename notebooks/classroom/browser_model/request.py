"""One request of a page: who starts it, how, inside which frames, and what its headers say of that.

Left out: service workers, prerendering, popups with an opener, links that leave a frame, Referer,
Sec-Fetch-User and the preflight.
"""

from dataclasses import dataclass
from itertools import pairwise

from classroom.browser_model.profiles import Profile
from classroom.browser_model.sites import host, origin, same_origin, scheme, site, trustworthy

TOP_LEVEL = ("link", "form", "reload-by-script", "reload-by-user")
FRAMED = ("iframe", "form-into-iframe")
WITHIN = ("fetch", "beacon", "image", "script", "eventsource", "websocket", "document.cookie")
SAFE_METHODS = ("GET", "HEAD", "OPTIONS", "TRACE")
CREDENTIALS = ("omit", "same-origin", "include")

# Sec-Fetch-Mode and Sec-Fetch-Dest
MODE = {"fetch": "cors", "eventsource": "cors", "websocket": "websocket"}
DESTINATION = {
    "image": "image",
    "script": "script",
    "iframe": "iframe",
    "form-into-iframe": "iframe",
    "websocket": "websocket",
}
NEAR_TO_FAR = ("same-origin", "same-site", "cross-site")


@dataclass(frozen=True)
class Request:
    """A request for `url`; `initiator` None means that the user typed the address.

    `initiator` is the page that starts it (`"null"` for a sandboxed one; for a reload, the page
    that once led here), `inside` the pages around it from the tab's own inwards, `via` the URLs
    that redirected on the way. Raises ValueError for a URL without a host, and for an unknown kind
    or credentials mode.
    """

    url: str
    method: str = "GET"
    initiator: str | None = None
    kind: str = "link"
    credentials: str = "same-origin"
    inside: tuple[str, ...] = ()
    via: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not host(self.url):
            raise ValueError(
                f"{self.url!r} is no whole address; it begins with http:// or https://"
            )
        kinds = TOP_LEVEL + FRAMED + WITHIN
        if self.kind not in kinds:
            raise ValueError(f"unknown kind {self.kind!r}; the kinds are {list(kinds)}")
        if self.credentials not in CREDENTIALS:
            raise ValueError(
                f"unknown credentials mode {self.credentials!r}; the modes are {list(CREDENTIALS)}"
            )
        if self.initiator is None and not self.top_level:
            raise ValueError(f"only a page can start a {self.kind}; say initiator=<its URL>")

    @property
    def top_level(self) -> bool:
        """Does it change the page that the address bar shows?"""
        return self.kind in TOP_LEVEL

    @property
    def safe(self) -> bool:
        """Is the method one that should change nothing (RFC 9110 §9.2.1)?"""
        return self.method.upper() in SAFE_METHODS

    @property
    def by_script(self) -> bool:
        """Is it `document.cookie`, which is not HTTP at all?"""
        return self.kind == "document.cookie"

    @property
    def frames(self) -> tuple[str, ...]:
        """The pages around it, from the tab's own inwards; empty at top level."""
        return () if self.top_level else (*self.inside, self.initiator or "null")

    @property
    def without_cookies(self) -> bool:
        """Is it a fetch() whose credentials mode leaves cookies out?"""
        if self.kind != "fetch" or self.credentials == "include":
            return False
        return self.credentials == "omit" or not same_origin(self.url, self.initiator or "null")

    def cross_site(self, profile: Profile) -> bool:
        """Return True if another site takes part, as SameSite counts it (RFC 6265bis-22 §5.2)."""
        if self.initiator is None:
            return False
        if self.kind == "reload-by-script" and profile.script_reload_is_own:
            return False
        pages = (self.initiator, *self.frames)
        pages += self.via if profile.redirects_count else ()
        return _any_foreign(self.url, pages, profile.schemeful)

    def third_party(self, profile: Profile) -> bool:
        """Return True if it happens inside a page of another site than the one it goes to."""
        return _any_foreign(self.url, self.frames, profile.schemeful)

    @property
    def partition(self) -> tuple[str, bool]:
        """The jar of Partitioned cookies: the tab's site, and whether a foreign frame lies between.

        Both browsers count the scheme here, even Firefox, whose SameSite does not.
        """
        top = self.frames[0] if self.frames else self.url
        return site(top), _any_foreign(top, (*self.frames, self.url), schemeful=True)


def initiator_headers(request: Request, profile: Profile) -> dict[str, str]:
    """Return the headers that tell a server who started the request: Origin and Sec-Fetch-*."""
    headers = {"Origin": origin_header(request, profile)} if _has_origin(request) else {}
    # Chromium opens a WebSocket without Sec-Fetch-*; plain http to other hosts has none at all.
    silent = request.kind == "websocket" and profile.engine == "Chromium"
    if silent or not trustworthy(request.url):
        return headers
    navigation = request.top_level or request.kind in FRAMED
    mode = "navigate" if navigation else MODE.get(request.kind, "no-cors")
    target = "document" if request.top_level else DESTINATION.get(request.kind, "empty")
    fetch = {"Site": fetch_site(request, profile), "Mode": mode, "Dest": target}
    return headers | {f"Sec-Fetch-{name}": value for name, value in fetch.items()}


def fetch_site(request: Request, profile: Profile) -> str:
    """Return Sec-Fetch-Site: none, same-origin, same-site or cross-site.

    Both browsers count the redirects on the way.
    """
    if request.initiator is None:
        return "none"
    if request.kind == "reload-by-script" and profile.script_reload_is_own:
        return "same-origin"
    relations = [_relation(request.url, request.initiator, profile)]
    relations += [_relation(request.url, hop, profile, redirects=True) for hop in request.via]
    return max(relations, key=NEAR_TO_FAR.index)


def origin_header(request: Request, profile: Profile) -> str:
    """Return the initiator's origin, or null where the browser does not reveal it."""
    initiator = request.initiator or "null"
    by_cors = request.kind in MODE or (request.kind == "beacon" and profile.engine == "Chromium")
    downgraded = scheme(initiator) == "https" and scheme(request.url) == "http" and not by_cors
    # Once a foreign server redirects to yet another origin, the origin becomes opaque (Fetch).
    hops = pairwise((*request.via, request.url))
    bounced = any(not same_origin(*hop) and not same_origin(initiator, hop[0]) for hop in hops)
    return "null" if downgraded or bounced else origin(initiator)


def _has_origin(request: Request) -> bool:
    """Return True for any POST, and for a GET that CORS or a WebSocket makes."""
    if request.initiator is None:
        return False
    if request.kind == "websocket" or not request.safe:
        return True
    return request.kind in MODE and not same_origin(request.url, request.initiator)


def _relation(url: str, page: str, profile: Profile, redirects: bool = False) -> str:
    if same_origin(url, page):
        return "same-origin"
    # Firefox leaves out the scheme, and trusts no redirect over plain http, even by a sibling.
    trusted = profile.schemeful or scheme(page) == "https" or not redirects
    near = site(url, profile.schemeful) == site(page, profile.schemeful)
    return "same-site" if near and trusted else "cross-site"


def _any_foreign(url: str, pages: tuple[str, ...], schemeful: bool) -> bool:
    return any(site(page, schemeful) != site(url, schemeful) for page in pages)
