"""The results of a walk: for each relation, request kind and cookie, whether it was sent.

There are three: what a browser sent, what the model browser predicts, and what was recorded. A
cookie counts as not sent only if the request arrived without it. Where no request arrived, the
cell is None. How the results are shown is in matrix.py.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from classroom.browser_model import PROFILES, Browser, initiator_headers, parse
from classroom.cookie_lab.recorder import Key, ReceivedRequest, Run
from classroom.cookie_lab.request_kinds import (
    CROSS,
    PORT,
    REQUEST_KINDS,
    SAME,
    SCHEME,
    SIBLING,
    TO_TLS,
    model_request,
    model_target,
    stops_at_preflight,
)
from classroom.cookie_lab.walk import LATE, Walk, cookie_name

DATA = Path(__file__).resolve().parents[3] / "data"
Cells = dict[tuple[str, str, str], bool | None]  # relation, request kind, word of the cookie
Headers = tuple[str, str, str]  # method, Origin, Sec-Fetch-Site
NOTHING: Headers = ("nothing arrived", "?", "?")
RELATIONS = {  # as data/browser-truth.json calls them
    SAME: "same-origin",
    PORT: "same-site (cross-origin)",
    SIBLING: "same-site (cross-origin)",
    CROSS: "cross-site",
    SCHEME: "same registrable domain, other scheme",
    TO_TLS: "same registrable domain, other scheme",
}
FLAGS = ("HttpOnly", "Secure", "Partitioned")
# The attributes that were recorded: a cookie with another one, or with one twice, was not.
KNOWN = {"path", "samesite", *map(str.lower, FLAGS)}
MOST_LINES = 6


@dataclass(frozen=True)
class WalkResult:
    """A walk in one browser: the cells that were seen, or else recorded, and the predicted ones."""

    engine: str
    config: str
    source: str  # where the cells come from, in words
    cells: Cells
    predicted: Cells
    recorded: Cells
    requests: Mapping[Key, ReceivedRequest] = field(default_factory=dict)
    is_seen: bool = False  # False if the cells are recorded or predicted ones

    def headers(self, relation: str, kind: str) -> Headers:
        """Return what a request said: seen in the browser, or predicted if no browser walked."""
        if (relation, kind) in self.requests:
            return seen_headers(self.requests[relation, kind])
        return NOTHING if self.is_seen else predicted_headers(self.config, relation, kind)

    @property
    def missing(self) -> int:
        """How many cells are unknown, because no request arrived."""
        return sum(cell is None for cell in self.cells.values())

    @property
    def differences(self) -> Iterator[str]:
        """A line for each cell that differs from the predicted or the recorded one."""
        for key, now in self.cells.items():
            others = (("predicted", self.predicted[key]), ("recorded", self.recorded[key]))
            wrong = [
                f"{what} {_in_words(cell)}" for what, cell in others if cell not in (now, None)
            ]
            if wrong and now is not None:
                seen = f"seen {_in_words(now)}"
                yield f"{' · '.join([self.engine, *key])}: {', '.join([seen, *wrong])}"


def verdict(results: Sequence[WalkResult], retry: str) -> list[str]:
    """Return where nothing arrived and the first differences, or that there are none.

    `retry` is a sentence that says how to try again.
    """
    lines = [
        f"Nothing arrived from {one.engine} for {one.missing:,} of {len(one.cells):,} cells, "
        f"marked ?. {retry}"
        for one in results
        if one.missing
    ]
    differences = [line for one in results for line in one.differences]
    if not lines and not differences:
        cells = sum(len(one.cells) for one in results)
        return [f"All {cells:,} cells are as predicted, and as recorded where they were."]
    rest = len(differences) - MOST_LINES
    more = [f"… and {rest:,} more"] if rest > 0 else []
    return [*lines, *differences[:MOST_LINES], *more]


def recorded_keys(walk: Walk) -> list[Key]:
    """Return the relation and the kind of each request that a walk records, in order."""
    keys: list[Key] = []
    for page in walk.pages:
        keys += [(page.relation, kind) for kind in page.asks]
        keys += [(page.relation, page.leaves)] if page.leaves else []
    return keys


def seen(run: Run) -> Cells:
    """Return what arrived in a run; None where no request did."""
    requests = run.snapshot()

    def cell(key: Key, word: str, attributes: str) -> bool | None:
        return word in requests[key].cookies if key in requests else None

    return _cells(run.walk, cell)


def predicted(config: str, walk: Walk) -> Cells:
    """Return what the model browser, in that configuration, predicts."""

    def cell(key: Key, word: str, attributes: str) -> bool:
        return _is_sent(config, *key, f"{cookie_name(word)}=1; {attributes}")

    return _cells(walk, cell)


@cache  # a table that fills is compared with the prediction again and again
def _is_sent(config: str, relation: str, kind: str, line: str) -> bool:
    """Return whether the model browser sends the cookie of a Set-Cookie `line` in a request."""
    browser = Browser(config)
    browser.receive(f"{model_target(relation)}/walk/1/0", line)
    browser.later(LATE if "late" in kind else 0)
    sent = browser.send_with(model_request(relation, kind)).cookie_header
    return bool(sent) and not stops_at_preflight(relation, kind)


def recorded(config: str, walk: Walk) -> Cells:
    """Return what was recorded in that configuration; None where nothing was."""

    def cell(key: Key, word: str, attributes: str) -> bool | None:
        relation, kind = key
        row = recordings()["rows"].get((config, RELATIONS.get(relation), *_flags(attributes)), {})
        return row.get(REQUEST_KINDS[kind].cell)

    return _cells(walk, cell)


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


def seen_headers(received: ReceivedRequest) -> Headers:
    """Return method, Origin and Sec-Fetch-Site of a request; `–` where a header is missing."""
    return received.method, _without_port(received.origin), received.site or "–"


def predicted_headers(config: str, relation: str, kind: str) -> Headers:
    """Return method, Origin and Sec-Fetch-Site that the model browser predicts."""
    request = model_request(relation, kind)
    headers = initiator_headers(request, PROFILES[config])
    method = "OPTIONS" if stops_at_preflight(relation, kind) else request.method
    return method, _without_port(headers.get("Origin")), headers.get("Sec-Fetch-Site", "–")


def _without_port(origin: str | None) -> str:
    """Return an origin without the port, which differs from run to run."""
    return "–" if origin is None else re.sub(r":\d+$", "", origin)


def _cells(walk: Walk, cell: Callable[[Key, str, str], bool | None]) -> Cells:
    return {
        (*key, word): cell(key, word, attributes)
        for key in recorded_keys(walk)
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


def _in_words(cell: bool) -> str:
    return "sent" if cell else "not sent"
