"""The cells of a walk: for each relation, way and cookie whether it came along.

A walk has them three times: as seen in a browser, as the model browser foretells them, and as they
were recorded. Left out: how they are shown (matrix.py).
"""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path

from classroom.browser_model import Browser, parse
from classroom.cookie_lab.asking import is_stopped, put, target
from classroom.cookie_lab.record import Key, Run
from classroom.cookie_lab.relations import CROSS, PORT, SAME, SCHEME, SIBLING, TO_TLS
from classroom.cookie_lab.walk import LATE, Walk, cookie_name
from classroom.cookie_lab.ways import WAYS

DATA = Path(__file__).resolve().parents[3] / "data"
Cells = dict[tuple[str, str, str], bool | None]  # relation, way, word of the cookie
RELATIONS = {  # as data/browser-truth.json calls them
    SAME: "same-origin",
    PORT: "same-site (cross-origin)",
    SIBLING: "same-site (cross-origin)",
    CROSS: "cross-site",
    SCHEME: "same registrable domain, other scheme",
    TO_TLS: "same registrable domain, other scheme",
}
FLAGS = ("HttpOnly", "Secure", "Partitioned")
# Attributes that were recorded; a line with another, or with one of them twice, was not.
KNOWN = {"path", "samesite", *map(str.lower, FLAGS)}


def asked(walk: Walk) -> list[Key]:
    """Return which way of asking is walked in which relation, in order."""
    keys: list[Key] = []
    for page in walk.pages:
        keys += [(page.relation, way) for way in page.asks]
        keys += [(page.relation, page.leaves)] if page.leaves else []
    return keys


def seen(run: Run) -> Cells:
    """Return what arrived in a run; None where nothing did."""
    arrivals = run.snapshot()

    def cell(key: Key, word: str, attributes: str) -> bool | None:
        return word in arrivals[key].cookies if key in arrivals else None

    return _all(run.walk, cell)


def foretold(config: str, walk: Walk) -> Cells:
    """Return what the model browser of that configuration says will arrive."""

    def cell(key: Key, word: str, attributes: str) -> bool:
        relation, way = key
        browser = Browser(config)
        line = f"{cookie_name(word)}=1; {attributes}"
        browser.receive(f"{target(relation)}/walk/1/0", line)
        browser.later(LATE if "late" in way else 0)
        sent = browser.send_with(put(relation, way)).cookie_header
        return bool(sent) and not is_stopped(relation, way)

    return _all(walk, cell)


def recorded(config: str, walk: Walk) -> Cells:
    """Return what was recorded in that configuration; None where it was not."""

    def cell(key: Key, word: str, attributes: str) -> bool | None:
        relation, way = key
        row = recordings()["rows"].get((config, RELATIONS.get(relation), *_flags(attributes)), {})
        return row.get(WAYS[way].cell)

    return _all(walk, cell)


@cache
def recordings() -> dict[str, dict]:
    """Return data/browser-truth.json, its rows by configuration, relation and attributes."""
    truth = json.loads((DATA / "browser-truth.json").read_text(encoding="utf-8"))
    rows = {
        (row["config"], row["relation"], row["SameSite"], *(row[flag] for flag in FLAGS)): row
        | row["sent"]
        for row in truth["canonical"]
    }
    return {"meta": truth["meta"], "rows": rows}


def _all(walk: Walk, cell: Callable[[Key, str, str], bool | None]) -> Cells:
    return {
        (*key, word): cell(key, word, attributes)
        for key in asked(walk)
        for word, attributes in walk.cookies.items()
    }


def _flags(attributes: str) -> tuple[object, ...]:
    """Return SameSite and FLAGS of a cookie as recorded, or () for one that was not."""
    line = parse(f"c=1; {attributes}")
    names = [one.key for one in line.attributes]
    if set(names) - KNOWN or len(names) > len(set(names)) or line.get("path") != "/":
        return ()
    unknown = "Foo (unknown)" if line.has("samesite") else "absent"
    return (line.same_site or unknown, *(line.has(flag.lower()) for flag in FLAGS))
