"""Horizontal bars for numbers, as a table: no picture, no script.

Left out: axes; each bar has its number beside it.
"""

import math
from collections.abc import Sequence

from classroom.display.table import Table

WIDTH = 40  # characters of the longest bar
DECADES = 12  # of a logarithmic scale; a bar below them is as short as the shortest
Row = tuple[str, float, str]


def bars(
    rows: Sequence[Row], title: str, unit: str, log: bool = False, measured: bool = True
) -> Table:
    """Return a table with a bar for each (label, value, note).

    Values are numbers in `unit`, 0 or more. `log` draws equal factors as equal lengths. A measured
    number differs in every run, so the text form has labels and notes only. With `measured=False`,
    for counts that are the same in every run, the text shows bars and values as well.
    ValueError for no rows, or a value that is negative, infinite or no number.
    """
    if not rows or any(not math.isfinite(value) or value < 0 for _, value, _ in rows):
        raise ValueError("bars takes at least one row, and values of 0 or more.")
    shares = _shares([value for _, value, _ in rows], log)
    after = f" {unit}" if measured else ""
    records = [
        {"label": label, "bar": _bar(share), "value": _number(value) + after, "note": note}
        for (label, value, note), share in zip(rows, shares, strict=True)
    ]
    return Table(
        records,
        caption=f"{title} ({unit}{', logarithmic scale' if log else ''})",
        plain=("label", "bar", "value", "note"),
        most=len(records),
        measured=("bar", "value") if measured else (),
        bar="bar",
        header=False,
    )


def _shares(values: Sequence[float], log: bool) -> list[float]:
    """Return the length of each bar as a share of the longest, 0 to 1."""
    highest = max(values)
    if not highest or not log:
        return [value / highest if highest else 0.0 for value in values]
    lowest = max(min(value for value in values if value), highest / 10**DECADES)
    decades = math.log10(highest / lowest) + 1  # the shortest bar has the length of one decade
    return [
        (math.log10(max(value, lowest) / lowest) + 1) / decades if value else 0.0
        for value in values
    ]


def _bar(share: float) -> str:
    return "█" * max(round(share * WIDTH), share > 0)


def _number(value: float) -> str:
    """Return three significant digits, or all of those before the point."""
    return f"{value:,.0f}" if value >= 1000 or value == int(value) else f"{value:.3g}"
