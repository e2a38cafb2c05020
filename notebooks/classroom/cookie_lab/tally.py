"""What the cells of several browsers say about one line of the table, in a word.

Left out: how the table looks (matrix.py).
"""

from collections.abc import Iterable, Mapping, Sequence

from classroom.cookie_lab.cells import Cells
from classroom.cookie_lab.headless import Walked
from classroom.cookie_lab.ways import WAYS

YES, NO, UNKNOWN, MIXED = "sent", "–", "?", "some"
MOST_NAMES = 2  # of the requests that changed alike


def rows(walked: Sequence[Walked], relation: str) -> list[str]:
    """Return the lines of one relation, in the order of the ways."""
    here = {way for one in walked for at, way, _ in one.cells if at == relation}
    return list(dict.fromkeys(way.row for name, way in WAYS.items() if name in here))


def state(cells: Cells, relation: str, row: str, word: str) -> str:
    """Return what the ways of one line agree on; UNKNOWN while one of them has not arrived."""
    ways = [name for name, way in WAYS.items() if way.row == row]
    found = {cells[relation, way, word] for way in ways if (relation, way, word) in cells}
    if None in found or not found:
        return UNKNOWN
    return MIXED if len(found) > 1 else YES if found.pop() else NO


def who(walked: Sequence[Walked], relation: str, row: str, word: str) -> str:
    """Return who sends a cookie: "both", the name of one browser, or NO for none."""
    said = [(one.engine, state(one.cells, relation, row, word)) for one in walked]
    states = {state for _, state in said}
    if len(states) == 1:
        return "both" if states == {YES} and len(said) > 1 else states.pop()
    if states == {YES, NO}:
        return ", ".join(engine for engine, state in said if state == YES)
    return ", ".join(f"{engine} {state}" for engine, state in said)


def count(walked: Sequence[Walked], relation: str, row: str, words: Iterable[str]) -> str:
    """Return how many of the cookies come along, browser by browser where they differ."""
    if row not in rows(walked, relation):
        return ""
    states = [[state(one.cells, relation, row, word) for word in words] for one in walked]
    counts = [UNKNOWN if UNKNOWN in one else one.count(YES) for one in states]
    return " | ".join(map(str, counts if len(set(counts)) > 1 else counts[:1]))


def merged(changes: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """Return changes that are alike but for the request as one, with their names or number."""
    groups: dict[tuple[str, ...], list[str]] = {}
    columns: tuple[str, ...] = ()
    for change in changes:
        request = change["request"]
        columns = tuple(name for name in change if name != "request")
        groups.setdefault(tuple(change[name] for name in columns), []).append(request)
    return [
        dict(zip(columns, alike, strict=True)) | {"request": _names(requests)}
        for alike, requests in groups.items()
    ]


def _names(requests: Sequence[str]) -> str:
    return "; ".join(requests) if len(requests) <= MOST_NAMES else f"{len(requests)} kinds"
