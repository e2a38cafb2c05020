"""Real browsers against the recorded table and against the model browser, cell by cell.

All 19 cookies walk at once, in each configuration, and wait two minutes for the last row: this
takes as long, so the walks go on at the same time. For the pages over TLS a throw-away certificate
is trusted. Left out: the four configurations of the recorded table that are variants of these.
"""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from classroom.cookie_lab import headers
from classroom.cookie_lab.cells import Cells, foretold, seen
from classroom.cookie_lab.cells import recorded as recorded_cells
from classroom.cookie_lab.headless import PREFERENCES, walk_in
from classroom.cookie_lab.record import Run
from classroom.cookie_lab.relations import CROSS, PLAIN, PORT, SAME, SCHEME, SIBLING, TO_TLS
from classroom.cookie_lab.servers import Servers
from classroom.cookie_lab.walk import Walk, walk
from classroom.cookie_lab.ways import REPORTS, WAYS
from classroom.real_browsers import installed
from tests.support.real_browsers import found
from tests.support.recorded_browsers import recorded

RELATIONS = (SAME, PORT, SIBLING, CROSS, SCHEME, TO_TLS)
SECONDS = 400.0  # a busy machine is slow, and two minutes belong to the walk
# Cells in which a browser does otherwise than foretold or recorded, with the reason. There is none.
KNOWN: dict[tuple[str, str, str, str], str] = {}


def line_of(row: dict) -> tuple[str, str]:
    """Return the word and the attributes of a cookie of the recorded table."""
    flags = [flag for flag in ("HttpOnly", "Secure", "Partitioned") if row[flag]]
    same_site = row["SameSite"].split()[0]
    value = [] if same_site == "absent" else [f"SameSite={same_site}"]
    return " ".join([same_site, *flags]), "; ".join(["Path=/", *flags, *value])


COOKIES = dict(line_of(row) for row in recorded())
LONG = walk(COOKIES, (*RELATIONS, PLAIN), late=True)


@pytest.fixture(scope="module")
def runs() -> Iterator[dict[str, Future[Run]]]:
    """One run for each configuration whose browser is installed, all of them under way."""
    servers, engines = Servers(), {one.engine: one for one in reversed(installed())}
    with ThreadPoolExecutor(len(PREFERENCES)) as pool:
        yield {
            config: pool.submit(walk_in, servers, engines[engine], config, LONG, SECONDS)
            for config in PREFERENCES
            if (engine := config.partition("-")[0]) in engines
        }
    servers.close()


@pytest.fixture(params=list(PREFERENCES))
def config(request: pytest.FixtureRequest) -> str:
    """Each configuration, unless its browser is missing."""
    found(request.param.partition("-")[0])
    return request.param


@pytest.fixture
def run(config: str, runs: dict[str, Future[Run]]) -> Run:
    """The walk in one configuration, when it is over."""
    return runs[config].result(timeout=SECONDS)


def test_the_walk_has_the_whole_table() -> None:
    assert len(COOKIES) == 19
    recorded_rows = {cell for row in recorded() for cell in row["sent"]}
    walked = {way.cell for name, way in WAYS.items() if name in ways_of(LONG)}
    assert recorded_rows <= walked
    assert {"stored", "document_cookie", "document_cookie_in_iframe"} <= walked


def ways_of(walk: Walk) -> set[str]:
    return {way for page in walk.pages for way in (*page.asks, page.leaves)}


def differing(config: str, now: Cells, other: Cells) -> list[str]:
    return [
        f"{config} {key}: {now[key]}, not {cell}"
        for key, cell in other.items()
        if cell is not None and cell != now[key] and (config, *key) not in KNOWN
    ]


def test_everything_arrives(run: Run) -> None:
    assert None not in seen(run).values()


def test_a_browser_does_what_was_recorded(run: Run, config: str) -> None:
    now, before = seen(run), recorded_cells(config, LONG)
    measured = [key for key, cell in before.items() if cell is not None]
    assert differing(config, now, before) == []
    # Each of the relations has 3 readings and 16 requests, some of them in several ways.
    assert {(key[0], WAYS[key[1]].cell) for key in measured} >= {
        (relation, cell) for relation in RELATIONS for cell in recorded()[0]["sent"]
    }
    print(f"{run.agent}, {config}: {len(measured):,} cells as recorded")


def test_a_browser_does_what_the_model_foretells(run: Run, config: str) -> None:
    now, model = seen(run), foretold(config, LONG)
    assert differing(config, now, model) == []
    assert set(now) == set(model) and {key[0] for key in now} == {*RELATIONS, PLAIN}
    print(f"{run.agent}, {config}: {len(model):,} cells as foretold")


def test_a_browser_says_where_it_comes_from_as_the_model_does(run: Run, config: str) -> None:
    requests = {key: one for key, one in run.snapshot().items() if key[1] not in REPORTS}
    for key, arrival in requests.items():
        if key[0] != PLAIN:
            assert headers.seen(arrival) == headers.foretold(config, *key), key
        else:
            assert headers.seen(arrival)[2] == "–"
    print(f"{run.agent}, {config}: {len(requests):,} requests with headers as foretold")


def test_every_known_difference_is_still_there(run: Run, config: str) -> None:
    now, model = seen(run), foretold(config, LONG)
    for key in (key[1:] for key in KNOWN if key[0] == config):
        assert now[key] != model[key], f"{key} needs no exception any more"
