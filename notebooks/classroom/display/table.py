"""Rows of a database table, shown as they are stored, with labels for what varies.

Left out: sorting and scrolling; what does not fit is counted.
"""

from collections.abc import Mapping, Sequence
from typing import overload

from classroom.display import html
from classroom.display.displayable import Displayable
from classroom.display.labels import split_volatile
from classroom.display.text import Pieces, cut, plain, visible

MAX_ROWS = 16
MAX_WIDTH = 64  # characters of a cell
Record = Mapping[str, object]


class Table(Displayable, Sequence[Record]):
    """A sequence of rows, each a mapping from column to value, that displays itself.

    `columns` chooses and orders them, by default those of the first row. Cells of the columns
    named in `plain` are shown as they are, for values that are the same in every run.
    """

    def __init__(
        self,
        rows: Sequence[Record],
        columns: Sequence[str] = (),
        caption: str = "",
        plain: Sequence[str] = (),
        most: int = MAX_ROWS,
    ) -> None:
        """Keep `rows`, of which `most` are shown; a column that a row lacks stays empty there."""
        self.rows = tuple(rows)
        self.columns = tuple(columns) or (tuple(rows[0]) if rows else ())
        self.caption = caption
        self.plain = frozenset(plain)
        self.most = most

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
        """Return True if the rows are those of another table or list."""
        return isinstance(other, Sequence) and list(self.rows) == list(other)

    def as_text(self) -> str:
        """Return the caption, the columns' names, and a line for each row."""
        cells = [[plain(cell) for cell in row] for row in self._cells()]
        names = [visible(name) for name in self.columns]
        widths = [max(map(len, column)) for column in zip(names, *cells, strict=True)]
        ruled = [names, ["─" * width for width in widths], *cells] if names else []
        lines = ["  ".join(map(str.ljust, row, widths)).rstrip() for row in ruled]
        return "\n".join([*self._caption(), *lines, *self._rest()])

    def as_html(self) -> str:
        """Return the same as rows of boxes, each column as wide as its longest cell asks."""
        cells = self._cells()
        widths = [
            max(len(visible(name)), *(_width(row[place]) for row in cells), 3)
            for place, name in enumerate(self.columns)
        ]
        head = html.tag("b", _row([*map(html.escape, self.columns)], widths)) if widths else ""
        body = "".join(_row([html.pieces(cell) for cell in row], widths) for row in cells)
        caption = "".join(html.tag("div", html.escape(line)) for line in self._caption())
        rest = "".join(html.tag("div", html.escape(line), "", "soft") for line in self._rest())
        return html.card(caption + head + body + rest)

    def _caption(self) -> list[str]:
        return [visible(self.caption)] if self.caption else []

    def _rest(self) -> list[str]:
        left_out = len(self.rows) - self.most
        return ["(no rows)"] if not self.rows else [f"… ({left_out:,} more rows)"] * (left_out > 0)

    def _cells(self) -> list[list[Pieces]]:
        return [[self._cell(row, name) for name in self.columns] for row in self.rows[: self.most]]

    def _cell(self, row: Record, name: str) -> Pieces:
        value = row.get(name, "")
        text = "NULL" if value is None else str(value)
        return cut([text] if name in self.plain else split_volatile(text), MAX_WIDTH)


def _width(cell: Pieces) -> int:
    """Return how many characters wide a cell is as HTML: labels have the real value beside them."""
    return len(plain(cell)) + (22 if any(not isinstance(piece, str) for piece in cell) else 0)


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    """Return one row; equal shares of each row's width make straight columns."""
    boxes = "".join(
        html.tag(
            "div",
            cell,
            f"flex:{width} 1 0;min-width:{9 * min(width, 8)}px;overflow-wrap:break-word",
        )
        for cell, width in zip(cells, widths, strict=True)
    )
    rule = f"border-bottom:1px solid {html.LINE};padding:3px 0"
    return html.tag("div", boxes, f"display:flex;gap:12px;{html.MONO};{rule}", "mono")
