"""Walk in the installed browsers, without a window; show recorded cells where one is missing.

A second browser with the same engine is not used. Third-party cookies are set to the default that
the browser's maker documents, because Debian's Chromium has another default.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from functools import partial

from classroom.cookie_lab.recorder import Run
from classroom.cookie_lab.request_kinds import SCHEME
from classroom.cookie_lab.results import (
    Cells,
    WalkResult,
    predicted,
    recorded,
    recordings,
    seen,
)
from classroom.cookie_lab.walk import Walk
from classroom.cookie_lab.walk_servers import WalkServers
from classroom.display.progress import progress
from classroom.real_browsers import (
    BrowserFailed,
    BrowserUnresponsive,
    Found,
    first_of,
    open_browser,
)

ENDED = "document.title == 'The walk has ended'"
NO_BROWSER = "no such browser was opened here; predicted where nothing was recorded"
IDLE_SECONDS = 60.0  # without any request, after which we give up
LOOK_SECONDS = 0.1  # between two looks at the progress
CONFIGS = {"Chromium": "chromium-3pc-allowed", "Firefox": "firefox-default"}
COOKIE_CONTROLS, BEHAVIOR = "profile.cookie_controls_mode", "network.cookie.cookieBehavior"
# The preferences that give each configuration of data/browser-truth.json.
PREFERENCES: dict[str, dict[str, object]] = {
    "chromium-3pc-allowed": {COOKIE_CONTROLS: 2},  # as in Chrome: blocked in incognito only
    "chromium-debian-default": {COOKIE_CONTROLS: 1},
    "firefox-default": {BEHAVIOR: 5},
    "firefox-tcp-off": {BEHAVIOR: 0},
}


def walk_in(
    servers: WalkServers, found: Found, config: str, walk: Walk, options: tuple[str, ...] = ()
) -> Run:
    """Walk in a browser with an empty profile, and return the run.

    If the browser sends no request for IDLE_SECONDS, `gave_up` of the run says so.
    `options` are added to the browser's command line. BrowserFailed if it does not start.
    """
    over_tls = any(page.at == SCHEME for page in walk.pages)
    run, trusted = servers.begin(walk), servers.over_tls() if over_tls else ""
    try:
        with open_browser(found, PREFERENCES[config], trusted, options) as browser:
            browser.visit(servers.pages.first(run), seconds=IDLE_SECONDS)
            _wait_for_end(run, found.name)
    except BrowserUnresponsive as problem:
        run.gave_up = str(problem).rstrip(".")
    run.agent = f"{found.name} {found.version}"
    return run


def _wait_for_end(run: Run, name: str) -> None:
    """Wait until the browser has sent everything, or raise BrowserUnresponsive."""
    patience = IDLE_SECONDS + run.walk.seconds
    while not run.finished.wait(LOOK_SECONDS):
        if run.idle() > patience:
            where = f"page {run.pages_visited} of {len(run.walk.pages)}"
            raise BrowserUnresponsive(f"{name} sent nothing for {patience:g} s, at {where}.")


def walk_result(servers: WalkServers, engine: str, walk: Walk) -> WalkResult:
    """Walk in the first installed browser of that engine, or return what was recorded."""
    config = CONFIGS[engine]
    before = recorded(config, walk)
    model = predicted(config, walk)
    result = partial(WalkResult, engine, config, predicted=model, recorded=before)
    found, why = first_of(engine.lower()), NO_BROWSER
    if found:
        try:
            run = walk_in(servers, found, config, walk)
            source = f"seen here in {run.agent}" + (f"; {run.gave_up}" if run.gave_up else "")
            return result(source, seen(run), requests=run.snapshot(), is_seen=True)
        except BrowserFailed as problem:
            why = str(problem)
    return result(f"{_recorded_when(engine)}; {why}", _without_gaps(before, model))


def walk_in_all(servers: WalkServers, engines: list[str], walk: Walk) -> list[WalkResult]:
    """Walk in one browser of each engine, at the same time, and print the progress."""
    before, total = len(servers.runs), len(engines) * len(walk.pages)
    with ThreadPoolExecutor(len(engines)) as pool:
        walks = [pool.submit(walk_result, servers, engine, walk) for engine in engines]

        def visited() -> int:
            return sum(run.pages_visited for run in list(servers.runs.values())[before:])

        def pages() -> Iterator[int]:
            for page in range(total):
                while page >= visited() and wait(walks, LOOK_SECONDS).not_done:
                    pass
                yield page

        for _ in progress(pages(), total, "walking"):
            pass
        return [one.result() for one in walks]


def _recorded_when(engine: str) -> str:
    meta = recordings()["meta"]
    name = next(one for one in meta["browsers"] if one.startswith(engine)).partition(" (")[0]
    return f"recorded on {meta['date']} in {name} on {meta['os']}"


def _without_gaps(before: Cells, model: Cells) -> Cells:
    """Return the recorded cells, and the predicted ones where none were recorded."""
    return {key: model[key] if cell is None else cell for key, cell in before.items()}
