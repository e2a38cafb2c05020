"""A walk in the student's own tab: the requests so far, in a table that fills as they arrive.

The User-Agent header names the browser, and the cookies that it sends tell its settings. Safari
could not be measured, so its cells are shown without a verdict.
"""

import re
import threading
import time
from collections.abc import Callable

from markupsafe import Markup

from classroom.cookie_lab.headless import PREFERENCES
from classroom.cookie_lab.matrix import Matrix
from classroom.cookie_lab.recorder import Run
from classroom.cookie_lab.results import Cells, WalkResult, predicted, recorded, seen
from classroom.cookie_lab.walk_servers import WalkServers
from classroom.display import html
from classroom.display.displayable import Displayable
from classroom.display.link import elsewhere

LOOK_SECONDS = 0.3  # between two looks at what has arrived
MOST_SECONDS = 15 * 60.0  # after which we stop looking
RETRY = "Open the link again."
NO_TAB = "Nothing has arrived yet: open the link."
# A browser's header also holds the names of the browsers below it in this list.
AGENTS = {"Edg": "Edge", "Firefox": "Firefox", "Chrome": "Chrome", "Version": "Safari"}
ENGINES = {"Edge": "chromium", "Chrome": "chromium", "Firefox": "firefox"}
SETTINGS = {
    "chromium-3pc-allowed": "third-party cookies allowed",
    "chromium-debian-default": "third-party cookies blocked",
    "firefox-default": "third-party cookies in separate jars",
    "firefox-tcp-off": "third-party cookies allowed",
}


class OwnTabWalk(Displayable):
    """The latest walk of the student's tab, as it is now."""

    def __init__(self, run: Run | None) -> None:
        """Show `run`, which is None until a tab has opened the link."""
        self.run = run

    def as_text(self) -> str:
        """Return the table so far, or what to do."""
        return self._matrix().as_text() if self.run else self._nothing()

    def as_html(self) -> Markup:
        """Return the same as HTML."""
        if self.run is None:
            return html.render("card", parts=[self._nothing()])
        return self._matrix().as_html()

    def _nothing(self) -> str:
        return f"{NO_TAB} {elsewhere()}".strip()

    def _matrix(self) -> Matrix:
        pages = f"page {self.run.pages_visited} of {len(self.run.walk.pages)}"
        note = "" if self.run.finished.is_set() else f"so far: {pages}"
        return Matrix([_result(self.run)], self.run.walk.cookies, note, RETRY)


def browser_name(agent: str) -> str:
    """Return "Chrome 156" and the like from a User-Agent header."""
    for token, name in AGENTS.items():
        if found := re.search(rf"{token}\w*/(\d+)", agent):
            return f"{name} {found[1]}"
    return "a browser"


def _result(run: Run) -> WalkResult:
    name, cells = browser_name(run.agent), seen(run)
    engine = ENGINES.get(name.split()[0], "none")
    models = {
        config: predicted(config, run.walk) for config in PREFERENCES if config.startswith(engine)
    }
    # The configuration that predicts most of the cells is most likely the browser's.
    config = max(models, key=lambda one: _agreeing(cells, models[one]), default="")
    nothing: Cells = dict.fromkeys(cells)
    return WalkResult(
        name.rstrip(" 0123456789"),
        config,
        f"seen in your own {name}" + (f", {SETTINGS[config]}" if config else ""),
        cells,
        models.get(config, nothing),
        recorded(config, run.walk),
        run.snapshot(),
        is_seen=True,
    )


def _agreeing(cells: Cells, model: Cells) -> int:
    return sum(cells[key] == model[key] for key in cells)


def follow(
    servers: WalkServers, show: Callable[[OwnTabWalk], None], seconds: float = MOST_SECONDS
) -> threading.Thread:
    """Call `show`, from a thread, whenever something has arrived, for at most `seconds`.

    Return the thread, which ends when the servers stop.
    """

    def look() -> None:
        deadline, before = time.monotonic() + seconds, None
        while time.monotonic() < deadline and not servers.stopped.wait(LOOK_SECONDS):
            run = servers.latest_tab
            now = run and (run.name, run.pages_visited, run.finished.is_set())
            if run and now != before:
                show(OwnTabWalk(run))
                before = now

    thread = threading.Thread(target=look, name="classroom-server-watch", daemon=True)
    thread.start()
    return thread
