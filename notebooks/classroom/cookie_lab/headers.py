"""Where a request says that it comes from: its Origin and Sec-Fetch-Site, way by way.

Seen where a browser walked, else foretold by the model browser. Left out: Referer, which may be
switched off, and the other Sec-Fetch headers.
"""

import re
from collections.abc import Sequence

from classroom.browser_model import PROFILES, initiator_headers
from classroom.cookie_lab.asking import is_stopped, put
from classroom.cookie_lab.headless import Walked
from classroom.cookie_lab.record import Arrival
from classroom.display.table import Table

Said = tuple[str, str, str]  # method, Origin, Sec-Fetch-Site
COLUMNS = ("method", "Origin", "Sec-Fetch-Site")


def headers(walked: Sequence[Walked], relation: str, ways: Sequence[str]) -> Table:
    """Return a row for each way, or for each browser where two of them differ."""
    rows = []
    for way in ways:
        said = {one.engine: said_in(one, relation, way) for one in walked}
        alike = len(set(said.values())) == 1
        for engine, what in list(said.items())[: 1 if alike else None]:
            name = way if alike else f"{way}, {engine}"
            rows.append({"request": name} | dict(zip(COLUMNS, what, strict=True)))
    return Table(rows, plain=("request", *COLUMNS), most=len(rows))


def said_in(one: Walked, relation: str, way: str) -> Said:
    """Return what a request said in that browser: seen, or foretold where nothing was."""
    arrival = one.arrivals.get((relation, way))
    return seen(arrival) if arrival else foretold(one.config, relation, way)


def seen(arrival: Arrival) -> Said:
    """Return what an arrival said; `–` where it said nothing."""
    return arrival.method, _without_port(arrival.origin), arrival.site or "–"


def foretold(config: str, relation: str, way: str) -> Said:
    """Return what the model browser would say."""
    asked = put(relation, way)
    told = initiator_headers(asked, PROFILES[config])
    method = "OPTIONS" if is_stopped(relation, way) else asked.method
    return method, _without_port(told.get("Origin")), told.get("Sec-Fetch-Site", "–")


def _without_port(origin: str | None) -> str:
    """Return an origin without what differs from run to run."""
    return "–" if origin is None else re.sub(r":\d+$", "", origin)
