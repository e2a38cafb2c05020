"""A stored cookie, the jar that it lies in, and the table that shows a jar.

Left out: a limit for all hosts together, and the end of session cookies when the browser closes.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import count

from markupsafe import Markup

from classroom.browser_model.decisions import MOST_LINES, short, within
from classroom.browser_model.profiles import Profile
from classroom.browser_model.sites import address
from classroom.display import html
from classroom.display.displayable import Displayable
from classroom.display.labels import split_volatile
from classroom.display.text import Pieces, cut, duration, plain

PER_HOST = 180
VALUE_WIDTH = 20

Partition = tuple[str, bool]
Key = tuple[str, str, bool, str, Partition | None]


@dataclass(frozen=True)
class Cookie:
    """A cookie as the jar keeps it; times are epoch seconds of the model's clock."""

    name: str
    value: str
    domain: str
    host_only: bool
    path: str
    secure: bool
    http_only: bool
    same_site: str  # "Strict", "Lax", "None", or empty when the line said nothing
    partition: Partition | None  # the separate jar it belongs to; None is the common one
    expires: float | None  # None: until the browser is closed
    created: float
    number: int = 0  # its place in the order of creation

    @property
    def key(self) -> Key:
        """A later cookie with the same key replaces an earlier one (§5.7 step 23)."""
        return self.name, self.domain, self.host_only, self.path, self.partition

    @property
    def pair(self) -> str:
        """The cookie in a Cookie header: name=value, or only the value if it has no name."""
        return f"{self.name}={self.value}" if self.name else self.value

    @property
    def flags(self) -> str:
        """The attributes that restrict it, in words."""
        partitioned = "Partitioned" if self.partition else ""
        same_site = f"SameSite={self.same_site}" if self.same_site else ""
        named = (("Secure", self.secure), ("HttpOnly", self.http_only))
        return " ".join([name for name, on in named if on] + [same_site, partitioned]).strip()

    def expired(self, now: float) -> bool:
        """Return True if the cookie has expired at the time `now`."""
        return self.expires is not None and self.expires <= now

    def belongs_to(self, host: str) -> bool:
        """Return True if a request to this host may carry it (§5.8.3)."""
        return host == self.domain if self.host_only else domain_matches(host, self.domain)


def domain_matches(host: str, domain: str) -> bool:
    """Return True if `host` is `domain` or a name below it (§5.1.3); nothing is below an address.

    `a.trax.test` is below `trax.test`; `10.0.0.1` is not below `0.0.1`.
    """
    return host == domain or (host.endswith(f".{domain}") and address(host) is None)


def path_matches(path: str, below: str) -> bool:
    """Return True if `path` is `below` or inside it, by whole segments (§5.1.4).

    `/p/deep` is inside `/p` but not inside `/p/de`.
    """
    return path == below or path.startswith(below if below.endswith("/") else f"{below}/")


class Jar:
    """The cookies of one browser."""

    def __init__(self) -> None:
        """Start empty."""
        # In the order of last use, least recently used first: that one is evicted first.
        self._cookies: dict[Key, Cookie] = {}
        self._numbers = count(1)

    def __iter__(self) -> Iterator[Cookie]:
        """Yield the cookies in the order of a Cookie header: longer path, then older (§5.8.3)."""
        yield from sorted(self._cookies.values(), key=lambda one: (-len(one.path), one.number))

    def __len__(self) -> int:
        """Return how many cookies there are."""
        return len(self._cookies)

    def get(self, key: Key) -> Cookie | None:
        """Return the cookie of this key, or None."""
        return self._cookies.get(key)

    def put(self, cookie: Cookie, profile: Profile) -> None:
        """Store a cookie in the place of one with the same key."""
        old = self._cookies.pop(cookie.key, None)
        # Firefox keeps age and place as the standard asks; Chromium only if the value is the same.
        if old and (profile.update_keeps_age or old.value == cookie.value):
            cookie = replace(cookie, created=old.created, number=old.number)
        else:
            cookie = replace(cookie, number=next(self._numbers))
        self._cookies[cookie.key] = cookie

    def remove(self, cookie: Cookie) -> bool:
        """Remove a cookie; return True if there was one."""
        return self._cookies.pop(cookie.key, None) is not None

    def use(self, cookie: Cookie) -> None:
        """Note that a cookie was sent just now."""
        self._cookies[cookie.key] = self._cookies.pop(cookie.key)

    def evict(self, domain: str) -> list[Cookie]:
        """Remove and return what a host has beyond 180 cookies, those without Secure first."""
        own = [one for one in self._cookies.values() if one.domain == domain]
        own.sort(key=lambda one: one.secure)  # keeps the order of last use within each kind
        excess = own[: max(0, len(own) - PER_HOST)]
        return [one for one in excess if self.remove(one)]

    def purge(self, now: float) -> list[Cookie]:
        """Remove and return the cookies that have expired."""
        return [one for one in list(self) if one.expired(now) and self.remove(one)]


class CookieTable(Displayable, tuple[Cookie, ...]):
    """The cookies of a jar at one moment, like the storage panel of a browser's DevTools."""

    now: float

    def __new__(cls, cookies: Iterable[Cookie], now: float) -> "CookieTable":
        """Keep the cookies as they are at the time `now` (epoch seconds)."""
        table = super().__new__(cls, cookies)
        table.now = now
        return table

    @property
    def names(self) -> list[str]:
        """The names of the cookies, in the order in which they would be sent."""
        return [cookie.name for cookie in self]

    def as_text(self) -> str:
        """Return one line for each cookie, at most about 20."""
        rows = [self._row(cookie) for cookie in self]
        cells = [[plain(cell) for cell in row] for row in rows]
        widths = [max(map(len, column)) for column in zip(*cells[:MOST_LINES], strict=True)]
        lines = ["  ".join(map(str.ljust, line, widths)).rstrip() for line in cells]
        return "\n".join(within(lines)) or "no cookies"

    def as_html(self) -> Markup:
        """Return the same as an HTML table."""
        rows = [self._row(cookie) for cookie in self[:MOST_LINES]]
        return html.render(
            "cookies",
            cookies=[(pair, [plain(cell) for cell in others]) for pair, *others in rows],
            more=within(self)[MOST_LINES:],
        )

    def _row(self, cookie: Cookie) -> tuple[Pieces, ...]:
        """Return the pair, the scope, the flags and the time that is left."""
        value = cut(split_volatile(cookie.value), VALUE_WIDTH)
        place = cookie.domain if cookie.host_only else f"*.{cookie.domain}"
        ends = "session" if cookie.expires is None else duration(cookie.expires - self.now)
        pair: Pieces = [f"{short(cookie.name)}=", *value]
        return pair, [place + cookie.path], [cookie.flags or "no flags"], [ends]
