"""Rows of a database table, or of measurements, with labels for values that vary.

Left out: sorting and scrolling. Rows that do not fit are counted.
"""

import re
from collections.abc import Mapping, Sequence
from typing import overload

from markupsafe import Markup

from classroom.display import html
from classroom.display.displayable import Displayable
from classroom.display.labels import Volatile, split_volatile
from classroom.display.text import Pieces, cut, plain, visible

MAX_ROWS = 16
MAX_WIDTH = 64  # characters of a cell
LONG_WORD = re.compile(r"\S{25,}")  # so wide that a narrow window has to break it
Record = Mapping[str, object]


class Table(Displayable, Sequence[Record]):
    """A sequence of rows, each a mapping from column to value, that displays itself.

    `columns` chooses and orders the columns, by default those of the first row. Some are special:
    `plain` ones hold no value that varies, so they get no labels. `measured` ones differ in every
    run, so only the HTML has them. The one called `bar` is drawn in blue. `faint` are values that
    are drawn softer, such as a dash for "no".
    """

    def __init__(
        self,
        rows: Sequence[Record],
        columns: Sequence[str] = (),
        caption: str = "",
        plain: Sequence[str] = (),
        most: int = MAX_ROWS,
        *,
        measured: Sequence[str] = (),
        bar: str = "",
        header: bool = True,
        faint: Sequence[str] = (),
        widest: int = MAX_WIDTH,
    ) -> None:
        """Keep `rows` and show at most `most`; a column that a row does not have is empty there.

        A cell has at most `widest` characters.
        """
        self.rows = tuple(rows)
        self.columns = tuple(columns) or (tuple(rows[0]) if rows else ())
        self.caption = caption
        self.plain = frozenset(plain)
        self.most = most
        self.measured = frozenset(measured)
        self.bar = bar
        self.header = header
        self.widest = widest
        self.faint = tuple(faint)  # "in" also works for a value that has no hash

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.rows)

    @overload
    def __getitem__(self, place: int) -> Record: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Record]: ...

    def __getitem__(self, place: int | slice) -> Record | Sequence[Record]:
        """Return one row as a mapping, or several."""
        return self.rows[place]

    def __eq__(self, other: object) -> bool:
        """Return True if the rows are equal to those of another table or list."""
        return isinstance(other, Sequence) and list(self.rows) == list(other)

    def as_text(self) -> str:
        """Return the caption, the columns' names, and a line for each row."""
        names = [name for name in self.columns if name not in self.measured]
        heads = [visible(name) for name in names]
        cells = [[plain(self._cell(row, name)) for name in names] for row in self._shown_rows()]
        columns = zip(*([heads] if self.header else []), *cells, strict=True)
        widths = [max(map(len, column)) for column in columns]
        if self.header and names:
            cells = [heads, ["─" * width for width in widths], *cells]
        lines = ["  ".join(map(str.ljust, row, widths)).rstrip() for row in cells]
        caption = [visible(self.caption)] if self.caption else []
        return "\n".join([*caption, *lines, *self._rest()])

    def as_html(self) -> Markup:
        """Return the same as an HTML table, with the measured columns."""
        return html.render(
            "table",
            caption=self.caption,
            header=self.header,
            columns=self.columns,
            rows=[self._html_cells(row) for row in self._shown_rows()],
            bar=self.bar,
            rest=self._rest(),
        )

    def _html_cells(self, row: Record) -> list[tuple[str, Pieces, str]]:
        """Return for each column its name, its cell, and the classes of style.css for it."""
        cells = [(name, self._cell(row, name)) for name in self.columns]
        return [(name, cell, self._classes(name, cell, row.get(name))) for name, cell in cells]

    def _classes(self, name: str, cell: Pieces, value: object) -> str:
        """Return "td", and what else is special about the look of a cell."""
        first, last = name == self.columns[0], name == self.columns[-1]
        special = {
            "plain": first and self.header,  # it heads its row, and is not bold
            "nowrap": not self.header and (first or not last),
            "long": any(isinstance(piece, str) and LONG_WORD.fullmatch(piece) for piece in cell),
            "soft": self.header and value in self.faint,
        }
        return " ".join(["td", *(name for name, holds in special.items() if holds)])

    def _shown_rows(self) -> Sequence[Record]:
        return self.rows[: self.most]

    def _rest(self) -> list[str]:
        left_out = len(self.rows) - self.most
        return ["(no rows)"] if not self.rows else [f"… ({left_out:,} more rows)"] * (left_out > 0)

    def _cell(self, row: Record, name: str) -> Pieces:
        value = row.get(name, "")
        text = "NULL" if value is None else str(value)
        if name in self.measured:
            return [Volatile("", text)]
        return cut([text] if name in self.plain else split_volatile(text), self.widest)
