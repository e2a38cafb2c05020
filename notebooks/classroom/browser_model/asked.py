"""One request and how it came about: who asks, by what means, and inside which frames.

Left out: service workers, prerendering, popups with an opener, links that leave a frame.
"""

from dataclasses import dataclass

from classroom.browser_model.profiles import Profile
from classroom.browser_model.sites import same_origin, site

TOP_LEVEL = ("link", "form", "reload-by-script", "reload-by-user")
FRAMED = ("iframe", "form-into-iframe")
WITHIN = ("fetch", "beacon", "image", "script", "eventsource", "websocket", "document.cookie")
SAFE_METHODS = ("GET", "HEAD", "OPTIONS", "TRACE")
CREDENTIALS = ("omit", "same-origin", "include")


@dataclass(frozen=True)
class Asked:
    """A request for `url`; `initiator` None means that the user typed the address.

    `initiator` is the page that asks (`"null"` for a sandboxed one; for a reload, the page that
    once led here), `inside` the pages around it from the tab's own inwards, `via` the URLs
    that redirected on the way. Raises ValueError for an unknown kind or credentials mode.
    """

    url: str
    method: str = "GET"
    initiator: str | None = None
    kind: str = "link"
    credentials: str = "same-origin"
    inside: tuple[str, ...] = ()
    via: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        kinds = TOP_LEVEL + FRAMED + WITHIN
        if self.kind not in kinds:
            raise ValueError(f"unknown kind {self.kind!r}; there are {list(kinds)}")
        if self.credentials not in CREDENTIALS:
            raise ValueError(f"unknown credentials mode; there are {list(CREDENTIALS)}")
        if self.initiator is None and not self.top_level:
            raise ValueError(f"a {self.kind} is made by a page: say initiator=...")

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
        """Is it `document.cookie`, not HTTP at all?"""
        return self.kind == "document.cookie"

    @property
    def frames(self) -> tuple[str, ...]:
        """The pages around what is asked for, from the tab's own inwards; empty at top level."""
        return () if self.top_level else (*self.inside, self.initiator or "null")

    @property
    def without_cookies(self) -> bool:
        """Is it a fetch() whose credentials mode leaves cookies out?"""
        if self.kind != "fetch" or self.credentials == "include":
            return False
        return self.credentials == "omit" or not same_origin(self.url, self.initiator or "null")

    def cross_site(self, profile: Profile) -> bool:
        """Say whether SameSite sees a foreign site in it (RFC 6265bis draft 22 §5.2)."""
        if self.initiator is None:
            return False
        if self.kind == "reload-by-script" and profile.script_reload_is_own:
            return False
        pages = (self.initiator, *self.frames)
        pages += self.via if profile.redirects_count else ()
        return _foreign(self.url, pages, profile.schemeful)

    def third_party(self, profile: Profile) -> bool:
        """Say whether it happens inside a page of another site than the one it goes to."""
        return _foreign(self.url, self.frames, profile.schemeful)

    @property
    def partition(self) -> tuple[str, bool]:
        """The jar of Partitioned cookies: the tab's site, and whether a foreign frame lies between.

        Both browsers count the scheme here, Firefox too although its SameSite does not.
        """
        top = self.frames[0] if self.frames else self.url
        return site(top), _foreign(top, (*self.frames, self.url), schemeful=True)


def _foreign(url: str, pages: tuple[str, ...], schemeful: bool) -> bool:
    return any(site(page, schemeful) != site(url, schemeful) for page in pages)
