"""Tables for people, JSON for programs.

A figure is the median of its rounds. The best round would be the one in which the machine was busy
while the limit was measured. The losses of all rounds are added up.
"""

import os
import platform
import statistics
import time
from collections.abc import Iterable
from importlib.metadata import version

from benchmarks.sizes import Sizes
from benchmarks.targets import Target, shown
from minisrv.pools import usable_cores

Figures = dict[str, float]
ADDED = ("lost", "answered_5xx", "refused", "dropped")


def summary(rounds: list[Figures]) -> Figures:
    """Return one figure for each name: the median, or the sum of what was lost."""
    names = {
        name: [one[name] for one in rounds if name in one] for figures in rounds for name in figures
    }
    whole = {n: sum(v) if n in ADDED else statistics.median(v) for n, v in names.items()}
    return whole | {"unserved": whole["refused"] + whole["dropped"]}


def judged(figures: Figures, rows: Iterable[Target]) -> list[tuple[str, str, str, str]]:
    """Return meaning, figure, target and verdict of each row."""
    return [
        (
            row.meaning,
            shown(figures[row.figure], row.unit),
            row.bound(),
            row.verdict(figures[row.figure]),
        )
        for row in rows
    ]


def compared(servers: dict[str, Figures], sizes: Sizes) -> list[tuple[str, ...]]:
    """Return a row for each server, the head of the table first."""
    groups = sizes.at_once
    head = ["server", *(f"{n} at once" for n in groups), "storm", "health p50 / p99 ms"]
    head += ["me p50 / p99 ms", "me /s", "lost", "5xx", "dropped", "MB", "start s"]
    return [tuple(head), *(_row(name, one, groups) for name, one in servers.items())]


def aligned(rows: list[tuple[str, ...]]) -> str:
    """Return the rows with their columns beneath each other, the first to the left."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if column else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def machine() -> dict[str, object]:
    """Return where this was measured, and how busy it was before."""
    packages = ("bcrypt", "starlette", "uvicorn", "SQLAlchemy", "PyJWT")
    return {
        "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "system": platform.system(),
        "cores": usable_cores(),
        "python": platform.python_version(),
        "load_before": os.getloadavg()[0] if hasattr(os, "getloadavg") else None,
        "packages": {name: version(name) for name in packages},
    }


def _row(name: str, one: Figures, groups: list[int]) -> tuple[str, ...]:
    rates = [f"{one[f'signups_{n}']:.1f}/s {100 * one[f'share_{n}']:.0f} %" for n in groups]
    waits = [
        f"{one[f'{path}_p50_ms']:,.0f} / {one[f'{path}_p99_ms']:,.0f}" for path in ("health", "me")
    ]
    losses = [f"{one[name]:.0f}" for name in ("lost", "answered_5xx", "dropped")]
    storm, rest = f"{one['storm_s']:.1f} s", [f"{one['resident_mb']:.0f}", f"{one['start_s']:.2f}"]
    return name, *rates, storm, *waits, f"{one['me_a_second']:,.0f}", *losses, *rest
