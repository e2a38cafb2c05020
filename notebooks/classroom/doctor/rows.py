"""The table of what was looked at, what was found, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Callable, Sequence  # as Python 3.8 has them

from classroom.doctor import browsers, machine, network, packages, server
from classroom.doctor.kernel import wrong_kernel

if TYPE_CHECKING:
    from classroom.display.table import Table

Check = Callable[[], str]
ALWAYS: list[Check] = [
    packages.python_version,
    packages.versions,
    packages.hidden,
    packages.sqlite_version,
    network.loopback,
    network.proxy,
    machine.clock,
    machine.memory,
]
IF_NOT_WELL: list[Check] = [server.server, server.own_browser, server.other_users]
TAKE_LONGER: list[Check] = [
    machine.cores,
    machine.memory_for_browsers,
    browsers.chromium,
    browsers.firefox,
]
WIDEST = 400  # a path may be long, and stands in the middle of a sentence


def doctor(everything: bool = False) -> Table | PlainTable:
    """Return a table of what was looked at, what was found, and what to do about it.

    With `everything`, also what lesson 09 needs: that starts each browser, and takes some seconds.
    """
    unfit = bool(wrong_kernel())  # then nothing of the rest can be looked at
    rows = [row for row in map(_row, [] if unfit else IF_NOT_WELL) if row["found"] != "well"]
    rows += map(_row, ALWAYS)
    if everything and not unfit:
        rows += map(_row, _shown(TAKE_LONGER))
    try:
        from classroom.display.table import Table
    except Exception:  # whatever is wrong with the packages, a row says so
        return PlainTable(rows)
    return Table(rows, widest=WIDEST)


class PlainTable(list):
    """Rows as text, for a kernel without the packages that draw a table."""

    def __repr__(self) -> str:
        """Return a line for each row, and what to do below it."""
        lines = [f"{row['found']}: {row['looked at']}\n    {row['what to do']}" for row in self]
        return "\n".join(line.replace("\n    nothing", "") for line in lines)


def _row(check: Check) -> dict[str, str]:
    """Return a row; a check returns "" when all is well, and else what to do."""
    try:
        advice = check()
    except Exception as error:  # a doctor who falls ill is no help
        advice = f"it could not be looked at ({type(error).__name__}: {error})"
    found = "not well" if advice else "well"
    return {"looked at": str(check.__doc__), "found": found, "what to do": advice or "nothing"}


def _shown(checks: Sequence[Check]) -> Any:
    try:
        from classroom.display.progress import progress
    except Exception:
        return checks
    return progress(checks, doing="looking at browsers")
