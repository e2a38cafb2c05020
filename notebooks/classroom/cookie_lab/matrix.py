"""The result of a walk as a table: by which request which cookie came along.

The text is the same whether a browser was here or not, as long as it did what was recorded; only
the label of a browser hides where its cells come from. Left out: bodies and answers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from classroom.cookie_lab import tally
from classroom.cookie_lab.differences import differences, verdict
from classroom.cookie_lab.headers import headers
from classroom.cookie_lab.headless import Walked
from classroom.cookie_lab.ways import REPORTS
from classroom.display import html
from classroom.display.displayable import Displayable
from classroom.display.labels import Volatile
from classroom.display.table import Table
from classroom.display.text import Pieces, plain

CHANGED = ("from", "request", "cookie", "before", "now")


class Matrix(Displayable):
    """What came along in one or more browsers, for one or more relations."""

    def __init__(
        self, walked: Sequence[Walked], cookies: Mapping[str, str], note: str = ""
    ) -> None:
        """Keep the walks, each in another browser, that set `cookies` (word to attributes).

        A `note` stands in the place of the judgement, while a walk goes on.
        """
        self.walked, self.cookies, self.note = tuple(walked), dict(cookies), note
        self.relations = tuple(dict.fromkeys(key[0] for one in walked for key in one.cells))

    def of(self, *relations: str) -> "Matrix":
        """Return the part for these relations. ValueError, with those there are, for others."""
        unknown = [one for one in relations if one not in self.relations]
        if unknown:
            known = ", ".join(self.relations)
            raise ValueError(f"Nothing was walked for {unknown[0]!r}, but for {known}.")
        return Matrix([_part(one, relations) for one in self.walked], self.cookies, self.note)

    def headers(self, relation: str, *ways: str) -> Table:
        """Return method, Origin and Sec-Fetch-Site of these ways of asking, by default of all."""
        keys = dict.fromkeys(key[:2] for key in self.walked[0].cells)
        here = [way for one, way in keys if one == relation and way not in REPORTS]
        return headers(self.walked, relation, ways or here)

    def cell(self, relation: str, row: str, word: str) -> str:
        """Return who sends a cookie: "both", the name of one browser, "–" for none."""
        return tally.who(self.walked, relation, row, word)

    @property
    def cells(self) -> int:
        """How many cells there are, in all browsers together."""
        return sum(len(one.cells) for one in self.walked)

    @property
    def differences(self) -> list[str]:
        """The cells that are not as foretold or not as recorded, a line for each."""
        return [line for one in self.walked for line in differences(one)]

    def changed_from(self, before: "Matrix") -> Table:
        """Return which cells of the table were otherwise in `before`, alike ones as one row."""
        rows = [
            dict(zip(CHANGED, (relation, row, word, was, now), strict=True))
            for relation in self.relations
            for row in tally.rows(self.walked, relation)
            for word in self.cookies
            if word in before.cookies and relation in before.relations
            if (was := before.cell(relation, row, word)) != (now := self.cell(relation, row, word))
        ]
        return Table(tally.merged(rows), CHANGED, plain=CHANGED)

    def as_text(self) -> str:
        """Return who it is, the table, and whether it is as foretold."""
        return "\n".join([plain(self._head()), self._table().as_text(), *self._verdict()])

    def as_html(self) -> str:
        """Return the same as HTML, with where the cells come from."""
        head = html.tag("div", html.named(self._head()))
        names = [piece for piece in self._head() if isinstance(piece, Volatile)]
        lines = [html.escape(line) for line in self._verdict()]
        lines += [f"{html.label(name)} {html.bare(name)}" for name in names]
        return head + self._table().as_html() + "".join(html.tag("div", line) for line in lines)

    def _head(self) -> Pieces:
        one = len(self.relations) == 1
        what = f"{self.relations[0]}: which" if one else f"how many of {len(self.cookies)}"
        pieces: Pieces = [f"{what} cookies come along, in "]
        for place, walked in enumerate(self.walked):
            pieces += [(" and " if one else " | ") if place else ""]
            pieces += [Volatile(f"‹{walked.engine}›", walked.source)]
        return pieces

    def _table(self) -> Table:
        rows = dict.fromkeys(row for one in self.relations for row in tally.rows(self.walked, one))
        table = [{"request": row} | self._row(row) for row in rows]
        return Table(table, plain=tuple(table[0]), most=len(table))

    def _row(self, row: str) -> dict[str, str]:
        """Return the cookies of one relation and who sends them, or of several how many."""
        if len(self.relations) == 1:
            return {word: self.cell(self.relations[0], row, word) for word in self.cookies}
        return {one: tally.count(self.walked, one, row, self.cookies) for one in self.relations}

    def _verdict(self) -> list[str]:
        return [self.note] if self.note else verdict(self.differences, self.cells)


def _part(one: Walked, relations: Sequence[str]) -> Walked:
    parts = {
        name: {key: cell for key, cell in getattr(one, name).items() if key[0] in relations}
        for name in ("cells", "foretold", "recorded")
    }
    return replace(one, **parts)
