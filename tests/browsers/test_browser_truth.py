"""Real browsers against the recorded table and against the model browser, cell by cell.

All 19 cookies walk at once, in each configuration. The last row is of cookies that are older than
two minutes. All walks are slow: one of that row alone, for which Chromium is told to take ten
seconds for two minutes, and the whole ones, each day in one configuration of Chromium and on two
days of four in one of Firefox. By day lesson 09 walks, and test_lab_run.py.
For the pages over TLS a throw-away certificate is trusted.
The other four configurations of the recorded table are variants of these.
"""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from classroom.cookie_lab.headless import CONFIGS, PREFERENCES, walk_in
from classroom.cookie_lab.recorder import Run
from classroom.cookie_lab.request_kinds import (
    CROSS,
    PLAIN,
    PORT,
    REPORTS,
    REQUEST_KINDS,
    SAME,
    SCHEME,
    SIBLING,
    TO_TLS,
    home,
)
from classroom.cookie_lab.results import (
    Cells,
    predicted,
    predicted_headers,
    recorded_keys,
    seen,
    seen_headers,
)
from classroom.cookie_lab.results import recorded as recorded_cells
from classroom.cookie_lab.walk import Page, Walk, walk
from classroom.cookie_lab.walk_servers import WalkServers
from classroom.real_browsers import installed
from tests.support.real_browsers import found
from tests.support.recorded_browsers import recorded
from tests.support.tiers import slow, turns

RELATIONS = (SAME, PORT, SIBLING, CROSS, SCHEME, TO_TLS)
# Cells that differ from the predicted or recorded ones, with the reason. There is none.
KNOWN: dict[tuple[str, str, str, str], str] = {}


def line_of(row: dict) -> tuple[str, str]:
    """Return the word and the attributes of a cookie of the recorded table."""
    flags = [flag for flag in ("HttpOnly", "Secure", "Partitioned") if row[flag]]
    same_site = row["SameSite"].split()[0]
    value = [] if same_site == "absent" else [f"SameSite={same_site}"]
    return " ".join([same_site, *flags]), "; ".join(["Path=/", *flags, *value])


def late_pages(relation: str) -> tuple[Page, Page]:
    """Return the page that waits until the cookies are old, and the one that sends the form."""
    return (
        Page(home(relation), relation, late=True),
        Page(relation, relation, leaves="form-post-late"),
    )


COOKIES = dict(line_of(row) for row in recorded())
LATE_PAGES = (
    Page(SAME, SAME, sets=True),
    Page(SCHEME, TO_TLS, sets=True),
    *late_pages(TO_TLS),
    Page(SCHEME, TO_TLS),  # to which the form leads
    *(page for relation in RELATIONS if relation != TO_TLS for page in late_pages(relation)),
    Page(SAME, SAME, removes=True),
    Page(SCHEME, TO_TLS, removes=True),
)
# Two minutes become ten seconds in Chromium by a switch of its own, meant for tests of sites. They
# are too short for all the other pages, which are walked in the slow tier, without the switch.
TEN_SECONDS = ("--enable-features=ShortLaxAllowUnsafeThreshold",)
WALKS = {
    "late": Walk(COOKIES, LATE_PAGES, wait=12.0),
    "two minutes": walk(COOKIES, (*RELATIONS, PLAIN), late=True),
}
WHOLE = WALKS["two minutes"]
AT_ONCE = 4  # browsers
# Which walk in which configuration. The whole walk has all pages, early and late.
CONFIGURATIONS = sorted(PREFERENCES)
WHOLE_WALKS = [
    ("two minutes", config)
    for config in CONFIGURATIONS
    if config in turns(one for one in CONFIGURATIONS if one.startswith("chromium"))
    or config in turns(CONFIGURATIONS)
]
WALKED = list(map(slow, [("late", CONFIGS["Chromium"]), *WHOLE_WALKS]))


@pytest.fixture(scope="module")
def runs(request: pytest.FixtureRequest) -> Iterator[dict[tuple[str, str], Future[Run]]]:
    """All walks that the selected tests ask for, by kind and configuration, under way."""
    servers, engines = WalkServers(), {one.engine: one for one in reversed(installed())}
    parameters = [one.callspec.params for one in request.session.items if hasattr(one, "callspec")]
    wanted = {one["walked"] for one in parameters if "walked" in one}
    longest_first = sorted(wanted, key=lambda run: (-WALKS[run[0]].seconds, run))
    with ThreadPoolExecutor(AT_ONCE) as pool:
        yield {
            (kind, config): pool.submit(
                walk_in,
                servers,
                engines[engine],
                config,
                WALKS[kind],
                options=TEN_SECONDS if (kind, engine) == ("late", "chromium") else (),
            )
            for kind, config in longest_first
            if (engine := config.partition("-")[0]) in engines
        }
    servers.close()


@pytest.fixture(params=WALKED, ids="-".join)
def walked(request: pytest.FixtureRequest) -> tuple[str, str]:
    """Each kind of walk with a configuration, unless its browser is missing."""
    found(request.param[1].partition("-")[0])
    return request.param


@pytest.fixture
def kind(walked: tuple[str, str]) -> str:
    """The walk, by its name in WALKS."""
    return walked[0]


@pytest.fixture
def config(walked: tuple[str, str]) -> str:
    """The configuration, by its name in data/browser-truth.json."""
    return walked[1]


@pytest.fixture
def run(kind: str, config: str, runs: dict[tuple[str, str], Future[Run]]) -> Run:
    """The walk in one configuration, when it has ended."""
    return runs[kind, config].result()


def test_the_walk_has_the_whole_table() -> None:
    assert len(COOKIES) == 19
    recorded_rows = {cell for row in recorded() for cell in row["sent"]}
    walked = {kind.cell for name, kind in REQUEST_KINDS.items() if name in kinds_of(WHOLE)}
    assert recorded_rows <= walked
    assert {"stored", "document_cookie", "document_cookie_in_iframe"} <= walked


def test_the_short_walk_is_the_end_of_the_whole_one() -> None:
    early = walk(COOKIES, (*RELATIONS, PLAIN))
    ends = recorded_keys(WALKS["late"])
    assert sorted(recorded_keys(early) + ends) == sorted(recorded_keys(WHOLE))


def kinds_of(walk: Walk) -> set[str]:
    return {kind for page in walk.pages for kind in (*page.asks, page.leaves)}


def differing(config: str, now: Cells, other: Cells) -> list[str]:
    return [
        f"{config} {key}: {now[key]}, not {cell}"
        for key, cell in other.items()
        if cell is not None and cell != now[key] and (config, *key) not in KNOWN
    ]


def test_everything_arrives(run: Run) -> None:
    assert None not in seen(run).values(), run.gave_up


def test_a_browser_does_what_was_recorded(run: Run, kind: str, config: str) -> None:
    now, before = seen(run), recorded_cells(config, WALKS[kind])
    measured = [key for key, cell in before.items() if cell is not None]
    assert differing(config, now, before) == []
    # Each of the relations has 3 readings and 16 requests, some of them in several ways.
    cells = {REQUEST_KINDS[one].cell for one in kinds_of(WALKS[kind]) if one} & set(
        recorded()[0]["sent"]
    )
    assert {(key[0], REQUEST_KINDS[key[1]].cell) for key in measured} >= {
        (relation, cell) for relation in RELATIONS for cell in cells
    }
    print(f"{run.agent}, {config}: {len(measured):,} cells as recorded")


def test_a_browser_does_what_the_model_predicts(run: Run, kind: str, config: str) -> None:
    now, model = seen(run), predicted(config, WALKS[kind])
    assert differing(config, now, model) == []
    plain = set() if kind == "late" else {PLAIN}
    assert set(now) == set(model) and {key[0] for key in now} == {*RELATIONS, *plain}
    print(f"{run.agent}, {config}: {len(model):,} cells as predicted")


def test_a_browser_says_where_it_comes_from_as_the_model_does(run: Run, config: str) -> None:
    requests = {key: one for key, one in run.snapshot().items() if key[1] not in REPORTS}
    for key, arrival in requests.items():
        if key[0] != PLAIN:
            assert seen_headers(arrival) == predicted_headers(config, *key), key
        else:
            assert seen_headers(arrival)[2] == "–"
    print(f"{run.agent}, {config}: {len(requests):,} requests with headers as predicted")


def test_every_known_difference_is_still_there(run: Run, kind: str, config: str) -> None:
    now, model = seen(run), predicted(config, WALKS[kind])
    for key in (key[1:] for key in KNOWN if key[0] == config and key[1:] in now):
        assert now[key] != model[key], f"{key} needs no exception any more"
