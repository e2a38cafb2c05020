"""What several clients did with one Set-Cookie line: a table, and below it the reasons.

Left out: how they were asked (clients.py).
"""

from dataclasses import dataclass

from classroom.display import html
from classroom.display.displayable import Displayable
from classroom.display.labels import split_volatile
from classroom.display.table import Table
from classroom.display.text import cut, plain

WIDTH = 90


@dataclass(frozen=True)
class Tried:
    """What one client did in one column of the table, and why, "" where nothing is to be said."""

    client: str
    column: str
    word: str
    why: str = ""


@dataclass(frozen=True, repr=False)
class Clients(Displayable):
    """The Set-Cookie line that the server sent, and what each client did with it."""

    line: str
    tried: tuple[Tried, ...]

    @property
    def table(self) -> Table:
        """A row for each client: whether it keeps the cookie and for how long, then each try."""
        rows: dict[str, dict[str, str]] = {}
        for one in self.tried:
            rows.setdefault(one.client, {"client": one.client})[one.column] = one.word
        return Table(list(rows.values()), plain=("client", *(one.column for one in self.tried)))

    @property
    def reasons(self) -> list[str]:
        """The reasons that the browsers give; one that both give is there once."""
        given: dict[tuple[str, str], list[str]] = {}
        for one in self.tried:
            if one.why:
                given.setdefault((one.column, one.why), []).append(one.client)
        return [
            f"{column}, in {'both browsers' if len(who) > 1 else who[0]}: {why}"
            for (column, why), who in given.items()
        ]

    def as_text(self) -> str:
        """Return the line, the table, and the reasons."""
        head = plain(cut(split_volatile(f"Set-Cookie: {self.line}"), WIDTH))
        return "\n".join([head, self.table.as_text(), *self.reasons])

    def as_html(self) -> str:
        """Return the same as HTML."""
        head = html.pre([html.pieces(cut(split_volatile(f"Set-Cookie: {self.line}"), WIDTH))])
        why = "".join(html.tag("div", html.escape(one), "margin:3px 0") for one in self.reasons)
        return head + self.table.as_html() + why
