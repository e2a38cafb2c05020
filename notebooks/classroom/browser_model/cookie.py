"""A stored cookie, and the table that shows the cookies of a jar.

Left out: the jar itself (`jar.py`), and the end of session cookies when the browser closes.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from classroom.browser_model.decisions import MOST_LINES, short, within
from classroom.browser_model.sites import address, registrable_domain
from classroom.display import html
from classroom.display.displayable import Displayable
from classroom.display.labels import split_volatile
from classroom.display.text import Pieces, cut, duration, plain

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
    used: float = 0.0  # when it was set or sent last, to the minute

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

    @property
    def site(self) -> str:
        """The registrable domain of its host: `trax.localhost` for `blog.trax.localhost`."""
        return registrable_domain(self.domain)

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
