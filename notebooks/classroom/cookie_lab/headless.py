"""The walk in the browsers that are installed, without a window; recorded cells where one is not.

Left out: a second browser with the same engine. Third-party cookies are set to the default that
the browser's maker documents, since Debian's Chromium comes with another.
"""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from functools import partial

from classroom.cookie_lab.cells import Cells, foretold, recorded, recordings, seen
from classroom.cookie_lab.record import Arrival, Key, Run
from classroom.cookie_lab.relations import SCHEME
from classroom.cookie_lab.servers import Servers
from classroom.cookie_lab.walk import Walk
from classroom.display.progress import progress
from classroom.real_browsers import BrowserFailed, Found, installed, open_browser

OVER = "document.title == 'The walk is over'"
NONE = "no such browser was opened here; foretold where nothing was recorded"
SECONDS = 60.0  # for a walk that takes about 5, without its long wait
LOOK_SECONDS = 0.1  # between two looks at how far they are
CONFIGS = {"Chromium": "chromium-3pc-allowed", "Firefox": "firefox-default"}
COOKIE_CONTROLS, BEHAVIOR = "profile.cookie_controls_mode", "network.cookie.cookieBehavior"
# How a browser is told to be as in each configuration of data/browser-truth.json.
PREFERENCES: dict[str, dict[str, object]] = {
    "chromium-3pc-allowed": {COOKIE_CONTROLS: 2},  # as Chrome: blocked in incognito only
    "chromium-debian-default": {COOKIE_CONTROLS: 1},
    "firefox-default": {BEHAVIOR: 5},
    "firefox-tcp-off": {BEHAVIOR: 0},
}


@dataclass(frozen=True)
class Walked:
    """A walk in one browser: what was seen, or else recorded, beside what was foretold."""

    engine: str
    config: str
    source: str  # where the cells come from, in words
    cells: Cells
    foretold: Cells
    recorded: Cells
    arrivals: dict[Key, Arrival] = field(default_factory=dict)  # empty when nothing was seen


def walk_in(
    servers: Servers,
    found: Found,
    config: str,
    walk: Walk,
    seconds: float = SECONDS,
    options: tuple[str, ...] = (),
) -> Run:
    """Walk in a browser with an empty profile. BrowserFailed if it takes more than `seconds`.

    `options` are added to the browser's command line.
    """
    over_tls = any(page.at == SCHEME for page in walk.pages)
    run, trusted = servers.begin(walk), servers.over_tls() if over_tls else ""
    with open_browser(found, PREFERENCES[config], trusted, options) as browser:
        browser.visit(servers.pages.first(run), OVER, seconds)
        run.agent = f"{browser.name} {browser.version}"
    return run


def walked(servers: Servers, engine: str, walk: Walk) -> Walked:
    """Walk in the first installed browser of that engine, or take what was recorded."""
    config = CONFIGS[engine]
    before = recorded(config, walk)
    model = foretold(config, walk)
    result = partial(Walked, engine, config, foretold=model, recorded=before)
    found, why = _first(engine), NONE
    if found:
        try:
            run = walk_in(servers, found, config, walk, SECONDS + walk.seconds)
            return result(f"seen here in {run.agent}", seen(run), arrivals=run.snapshot())
        except BrowserFailed as problem:
            why = str(problem)
    return result(f"{_said(engine)}; {why}", _without_gaps(before, model))


def walked_in_all(servers: Servers, engines: list[str], walk: Walk) -> list[Walked]:
    """Walk in one browser of each engine, at once, and print how far they are."""
    before, total = len(servers.runs), len(engines) * len(walk.pages)
    with ThreadPoolExecutor(len(engines)) as pool:
        walks = [pool.submit(walked, servers, engine, walk) for engine in engines]

        def visited() -> int:
            return sum(run.done for run in list(servers.runs.values())[before:])

        def pages() -> Iterator[int]:
            for page in range(total):
                while page >= visited() and wait(walks, LOOK_SECONDS).not_done:
                    pass
                yield page

        for _ in progress(pages(), total, "walking"):
            pass
        return [one.result() for one in walks]


def _first(engine: str) -> Found | None:
    """Return an installed browser, unless LAB_BROWSER=none says to do without."""
    if os.environ.get("LAB_BROWSER") == "none":
        return None
    return next((one for one in installed() if one.engine == engine.lower()), None)


def _said(engine: str) -> str:
    meta = recordings()["meta"]
    name = next(one for one in meta["browsers"] if one.startswith(engine)).partition(" (")[0]
    return f"recorded on {meta['date']} in {name} on {meta['os']}"


def _without_gaps(before: Cells, model: Cells) -> Cells:
    """Return the recorded cells, and the foretold ones where none were recorded."""
    return {key: model[key] if cell is None else cell for key, cell in before.items()}
