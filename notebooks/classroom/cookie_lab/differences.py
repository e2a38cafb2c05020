"""Where a browser did not do what was foretold or recorded, cell by cell.

Left out: which of the two is wrong; the browser that was seen is right by definition.
"""

from collections.abc import Iterator

from classroom.cookie_lab.headless import Walked

MOST_LINES = 6


def differences(one: Walked) -> Iterator[str]:
    """Yield a line for each cell of a walk that is otherwise than foretold or recorded."""
    for key, now in one.cells.items():
        others = (("foretold", one.foretold[key]), ("recorded", one.recorded[key]))
        wrong = [f"{what} {_said(cell)}" for what, cell in others if cell not in (now, None)]
        if wrong or now is None:
            yield f"{' · '.join([one.engine, *key])}: {', '.join([f'seen {_said(now)}', *wrong])}"


def verdict(lines: list[str], cells: int) -> list[str]:
    """Return the first of these lines, or that there is none among so many `cells`."""
    if not lines:
        return [f"All {cells:,} cells are as foretold, and as recorded where they were."]
    rest = len(lines) - MOST_LINES
    return [*lines[:MOST_LINES], *([f"… and {rest:,} more"] if rest > 0 else [])]


def _said(cell: bool | None) -> str:
    return {True: "sent", False: "not sent", None: "nothing arriving"}[cell]
