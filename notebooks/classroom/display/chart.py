"""Horizontal bars for numbers, drawn with characters: no picture, no script.

A measured number differs in every run, so the text form leaves it to the notes, for which the
caller vouches. Left out: axes; each bar has its number beside it.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from classroom.display import html
from classroom.display.displayable import Displayable
from classroom.display.labels import Volatile
from classroom.display.text import visible

WIDTH = 40  # characters of the longest bar
DECADES = 12  # of a logarithmic scale; a bar below them is as short as the shortest
_BLUE = f"color:rgb({html.TINT[0]});background:rgb({html.TINT[0]});font-size:11px"
Row = tuple[str, float, str]


@dataclass(frozen=True, repr=False)
class Bars(Displayable):
    """Rows of label, value and note under a title; `measured` keeps the values out of the text."""

    rows: tuple[Row, ...]
    title: str
    unit: str
    log: bool
    measured: bool

    def as_text(self) -> str:
        """Return title, labels, notes, and the values if they are the same in every run."""
        rows = [self._cells(row) for row in self.rows]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        lines = ["  ".join(map(str.ljust, row, widths)).rstrip() for row in rows]
        return "\n".join([self._heading(), *lines])

    def as_html(self) -> str:
        """Return the same with a bar and the value of each row."""
        heading = html.tag("b", html.escape(self._heading()))
        rows = "".join(self._row(row) for row in self.rows)
        return html.card(html.tag("div", heading, "margin-bottom:6px") + rows)

    def _heading(self) -> str:
        scale = ", logarithmic scale" if self.log else ""
        return f"{visible(self.title)} ({visible(self.unit)}{scale})"

    def _cells(self, row: Row) -> list[str]:
        label, value, note = row
        values = [] if self.measured else [_bar(self._share(value)), _number(value)]
        return [visible(label), *values, visible(note)]

    def _share(self, value: float) -> float:
        """Return the bar's length as a share of the longest, 0 to 1."""
        highest = max(number for _, number, _ in self.rows)
        if not value or not self.log:
            return value / highest if highest else 0.0
        lowest = max(min(n for _, n, _ in self.rows if n), highest / 10**DECADES)
        decades = math.log10(highest / lowest) + 1  # the shortest bar has the length of one
        return (math.log10(max(value, lowest) / lowest) + 1) / decades

    def _row(self, row: Row) -> str:
        label, value, note = row
        # The background closes the gaps that some fonts leave between the characters.
        bar = html.tag("span", self._shown(_bar(self._share(value))), _BLUE)
        number = self._shown(_number(value)) + " " + html.escape(self.unit)
        fixed = f"{html.MONO};white-space:pre"
        cells = [
            html.tag("b", html.escape(label), "flex:0 1 150px;overflow-wrap:break-word"),
            html.tag("span", bar, f"{fixed};flex:0 0 270px;overflow:hidden", "mono"),
            html.tag("span", number, f"{fixed};flex:0 0 110px;text-align:right", "mono"),
            html.tag("span", html.escape(note), "flex:1 1 160px"),
        ]
        style = "display:flex;flex-wrap:wrap;gap:2px 14px;align-items:baseline"
        return html.tag("div", "".join(cells), style)

    def _shown(self, text: str) -> str:
        return html.bare(Volatile("", text)) if self.measured else html.escape(text)


def bars(
    rows: Sequence[Row], title: str, unit: str, log: bool = False, measured: bool = True
) -> Bars:
    """Return a bar for each (label, value, note), for display.

    Values are numbers in `unit`, 0 or more. `log` draws equal factors as equal lengths. With
    `measured=False`, for counts that are the same in every run, text shows the values as well.
    ValueError for no rows, or a value that is negative, infinite or no number.
    """
    if not rows or any(not math.isfinite(value) or value < 0 for _, value, _ in rows):
        raise ValueError("bars takes at least one row, and values of 0 or more.")
    return Bars(
        tuple((label, value, note) for label, value, note in rows), title, unit, log, measured
    )


def _bar(share: float) -> str:
    return "█" * max(round(share * WIDTH), share > 0)


def _number(value: float) -> str:
    """Return three significant digits, or all of those before the point."""
    return f"{value:,.0f}" if value >= 1000 or value == int(value) else f"{value:.3g}"
