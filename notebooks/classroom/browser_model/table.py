"""The cookies of a jar as a table, like the storage panel of a browser's developer tools.

Left out: editing. Values appear as labels where they differ from run to run.
"""

from collections.abc import Iterable

from classroom.browser_model.cookie import Cookie
from classroom.browser_model.stored import about
from classroom.browser_model.view import MOST_LINES, more, short, within
from classroom.display import html
from classroom.display.displayable import Displayable
from classroom.display.labels import split_volatile
from classroom.display.text import Pieces, cut, plain

VALUE_WIDTH = 20


class CookieTable(Displayable, tuple[Cookie, ...]):
    """The cookies in the order in which they would be sent, with what is left of their time."""

    now: float

    def __new__(cls, cookies: Iterable[Cookie], now: float) -> "CookieTable":
        """Keep the cookies as they are at the time `now` (epoch seconds)."""
        table = super().__new__(cls, cookies)
        table.now = now
        return table

    @property
    def names(self) -> list[str]:
        """The names of the cookies."""
        return [cookie.name for cookie in self]

    def as_text(self) -> str:
        """Return one line for each cookie, at most about 20."""
        rows = [self._row(cookie) for cookie in self]
        cells = [[plain(cell) for cell in row] for row in rows]
        widths = [max(map(len, column)) for column in zip(*cells[:MOST_LINES], strict=True)]
        lines = ["  ".join(map(str.ljust, line, widths)).rstrip() for line in cells]
        return "\n".join(within(lines)) or "no cookies"

    def as_html(self) -> str:
        """Return the same as HTML."""
        lines = [self._line(*self._row(cookie)) for cookie in self[:MOST_LINES]]
        return html.card("".join(lines + more(len(self))) or html.escape("no cookies"))

    def _row(self, cookie: Cookie) -> tuple[Pieces, ...]:
        """Return the pair, the scope, the flags and the time that is left."""
        value = cut(split_volatile(cookie.value), VALUE_WIDTH)
        place = cookie.domain if cookie.host_only else f"*.{cookie.domain}"
        ends = "session" if cookie.expires is None else about(cookie.expires - self.now)
        pair: Pieces = [f"{short(cookie.name)}=", *value]
        return pair, [place + cookie.path], [cookie.flags or "no flags"], [ends]

    def _line(self, pair: Pieces, scope: Pieces, flags: Pieces, ends: Pieces) -> str:
        bold = html.tag("b", html.pieces(pair), html.MONO, "mono")
        words = plain([*scope, " · ", *flags, " · ", *ends])
        rest = html.tag("span", html.escape(words), css="soft")
        return html.tag("div", f"{bold} {rest}", "margin:3px 0")
