"""The results of a walk as a table: which cookie was sent with which request.

The text is the same with a browser and without one, as long as the browser does what was recorded.
Only the label of a browser hides where its cells come from.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from markupsafe import Markup

from classroom.cookie_lab.request_kinds import REPORTS, REQUEST_KINDS
from classroom.cookie_lab.results import Cells, WalkResult, verdict
from classroom.display import html
from classroom.display.displayable import Displayable
from classroom.display.labels import Volatile
from classroom.display.table import Table
from classroom.display.text import Pieces, plain

YES, NO, UNKNOWN, MIXED = "sent", "–", "?", "some"
CHANGED = ("from", "request", "cookie", "before", "now")
HEADERS = ("method", "Origin", "Sec-Fetch-Site")
MOST_NAMES = 2  # of the requests that changed in the same way
RETRY = "Run the cell again."


class Matrix(Displayable):
    """What one or more browsers sent, for one or more relations."""

    def __init__(
        self,
        results: Sequence[WalkResult],
        cookies: Mapping[str, str],
        note: str = "",
        retry: str = RETRY,
    ) -> None:
        """Keep the results, one for each browser, of walks that set `cookies` (word to attributes).

        A `note` replaces the verdict while a walk is under way. `retry` says how to try again if
        nothing arrived.
        """
        self.results, self.cookies = tuple(results), dict(cookies)
        self.note, self.retry = note, retry
        self.relations = tuple(dict.fromkeys(key[0] for one in results for key in one.cells))

    def of(self, *relations: str) -> "Matrix":
        """Return the part for these relations. ValueError for others; it names those there are."""
        unknown = [one for one in relations if one not in self.relations]
        if unknown:
            known = ", ".join(self.relations)
            raise ValueError(f"Nothing was walked for {unknown[0]!r}, but for {known}.")
        parts = [_part(one, relations) for one in self.results]
        return Matrix(parts, self.cookies, self.note, self.retry)

    def headers(self, relation: str, *kinds: str) -> Table:
        """Return method, Origin and Sec-Fetch-Site of these request kinds, by default of all.

        There is a row for each kind, or for each browser where two browsers differ.
        """
        keys = dict.fromkeys(key[:2] for key in self.results[0].cells)
        here = [kind for one, kind in keys if one == relation and kind not in REPORTS]
        rows = []
        for kind in kinds or here:
            headers = {one.engine: one.headers(relation, kind) for one in self.results}
            alike = len(set(headers.values())) == 1
            for engine, values in list(headers.items())[: 1 if alike else None]:
                name = kind if alike else f"{kind}, {engine}"
                rows.append({"request": name} | dict(zip(HEADERS, values, strict=True)))
        return Table(rows, plain=("request", *HEADERS), most=len(rows))

    def cell(self, relation: str, row: str, word: str) -> str:
        """Return who sends a cookie: "both", the name of one browser, or "–" for none."""
        states = {one.engine: state(one.cells, relation, row, word) for one in self.results}
        distinct = set(states.values())
        if len(distinct) == 1:
            return "both" if distinct == {YES} and len(states) > 1 else distinct.pop()
        if distinct == {YES, NO}:
            return ", ".join(engine for engine, what in states.items() if what == YES)
        return ", ".join(f"{engine} {what}" for engine, what in states.items())

    @property
    def cells(self) -> int:
        """How many cells there are, in all browsers together."""
        return sum(len(one.cells) for one in self.results)

    @property
    def differences(self) -> list[str]:
        """A line for each cell that is not as predicted or not as recorded."""
        return [line for one in self.results for line in one.differences]

    def changed_from(self, before: "Matrix") -> Table:
        """Return the cells of the table that differ from `before`; equal changes share a row."""
        rows = [
            dict(zip(CHANGED, (relation, row, word, was, now), strict=True))
            for relation in self.relations
            for row in self._rows(relation)
            for word in self.cookies
            if word in before.cookies and relation in before.relations
            if (was := before.cell(relation, row, word)) != (now := self.cell(relation, row, word))
        ]
        return Table(_merged(rows), CHANGED, plain=CHANGED)

    def as_text(self) -> str:
        """Return the browsers, the table, and the verdict."""
        return "\n".join([plain(self._head()), self._table().as_text(), *self._verdict()])

    def as_html(self) -> Markup:
        """Return the same as HTML, and where the cells come from."""
        head = self._head()
        browsers = [piece for piece in head if isinstance(piece, Volatile)]
        table, lines = self._table(), self._verdict()
        return html.render("matrix", head=head, table=table, lines=lines, browsers=browsers)

    def _head(self) -> Pieces:
        one = len(self.relations) == 1
        what = f"{self.relations[0]}: which" if one else f"how many of {len(self.cookies)}"
        pieces: Pieces = [f"{what} cookies are sent, in "]
        for place, result in enumerate(self.results):
            pieces += [(" and " if one else " | ") if place else ""]
            pieces += [Volatile(f"‹{result.engine}›", result.source)]
        return pieces

    def _table(self) -> Table:
        rows = dict.fromkeys(row for one in self.relations for row in self._rows(one))
        table = [{"request": row} | self._row(row) for row in rows]
        return Table(table, plain=tuple(table[0]), most=len(table))

    def _rows(self, relation: str) -> list[str]:
        """Return the rows of one relation, in the order of REQUEST_KINDS."""
        here = {kind for one in self.results for at, kind, _ in one.cells if at == relation}
        return list(dict.fromkeys(kind.row for name, kind in REQUEST_KINDS.items() if name in here))

    def _row(self, row: str) -> dict[str, str]:
        """Return who sends each cookie, or for several relations how many cookies are sent."""
        if len(self.relations) == 1:
            return {word: self.cell(self.relations[0], row, word) for word in self.cookies}
        return {one: self._count(one, row, self.cookies) for one in self.relations}

    def _count(self, relation: str, row: str, words: Iterable[str]) -> str:
        """Return how many cookies are sent, for each browser if the numbers differ."""
        if row not in self._rows(relation):
            return ""
        states = [[state(one.cells, relation, row, word) for word in words] for one in self.results]
        counts = [UNKNOWN if UNKNOWN in one else one.count(YES) for one in states]
        return " | ".join(map(str, counts if len(set(counts)) > 1 else counts[:1]))

    def _verdict(self) -> list[str]:
        return [self.note] if self.note else verdict(self.results, self.retry)


def state(cells: Cells, relation: str, row: str, word: str) -> str:
    """Return what the kinds of one row have in common; UNKNOWN if one of them did not arrive."""
    kinds = [name for name, kind in REQUEST_KINDS.items() if kind.row == row]
    found = {cells[relation, kind, word] for kind in kinds if (relation, kind, word) in cells}
    if None in found or not found:
        return UNKNOWN
    return MIXED if len(found) > 1 else YES if found.pop() else NO


def _part(one: WalkResult, relations: Sequence[str]) -> WalkResult:
    parts = {
        name: {key: cell for key, cell in getattr(one, name).items() if key[0] in relations}
        for name in ("cells", "predicted", "recorded")
    }
    return replace(one, **parts)


def _merged(changes: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """Return one row for changes that differ only in the request, with their names or number."""
    groups: dict[tuple[str, ...], list[str]] = {}
    columns: tuple[str, ...] = ()
    for change in changes:
        request = change["request"]
        columns = tuple(name for name in change if name != "request")
        groups.setdefault(tuple(change[name] for name in columns), []).append(request)
    return [
        dict(zip(columns, group, strict=True)) | {"request": _names(requests)}
        for group, requests in groups.items()
    ]


def _names(requests: Sequence[str]) -> str:
    return "; ".join(requests) if len(requests) <= MOST_NAMES else f"{len(requests)} kinds"
