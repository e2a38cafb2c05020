"""A walk in the student's own tab: what has arrived so far, in a table that fills as it happens.

Which browser it is, the browser itself says; how it is set, its cookies tell. Left out: Safari's
rules, which we could not measure; its cells are shown without a judgement.
"""

import re
import threading
import time
from collections.abc import Callable

from classroom.cookie_lab.cells import Cells, foretold, recorded, seen
from classroom.cookie_lab.headless import PREFERENCES, Walked
from classroom.cookie_lab.matrix import Matrix
from classroom.cookie_lab.record import Run
from classroom.cookie_lab.servers import Servers
from classroom.display import html
from classroom.display.displayable import Displayable

LOOK_SECONDS = 0.3  # between two looks at what has arrived
MOST_SECONDS = 15 * 60.0  # after which nobody will come
# Each of these names itself by those that stand below it, too.
AGENTS = {"Edg": "Edge", "Firefox": "Firefox", "Chrome": "Chrome", "Version": "Safari"}
ENGINES = {"Edge": "chromium", "Chrome": "chromium", "Firefox": "firefox"}
SET = {
    "chromium-3pc-allowed": "third-party cookies allowed",
    "chromium-debian-default": "third-party cookies blocked",
    "firefox-default": "third-party cookies in separate jars",
    "firefox-tcp-off": "third-party cookies allowed",
}


class Tab(Displayable):
    """The latest walk of a tab, as it is now."""

    def __init__(self, run: Run | None) -> None:
        """Look at `run`, None when no tab has come yet."""
        self.run = run

    def as_text(self) -> str:
        """Return the table so far, or what to do."""
        return self._matrix().as_text() if self.run else NOTHING

    def as_html(self) -> str:
        """Return the same as HTML."""
        return self._matrix().as_html() if self.run else html.card(html.escape(NOTHING))

    def _matrix(self) -> Matrix:
        pages = f"page {self.run.done} of {len(self.run.walk.pages)}"
        note = "" if self.run.over.is_set() else f"so far: {pages}"
        return Matrix([_walked(self.run)], self.run.walk.cookies, note)


NOTHING = "Nothing has arrived yet: open the link."


def browser(agent: str) -> str:
    """Return "Chrome 156" and the like from a User-Agent header."""
    for token, name in AGENTS.items():
        if found := re.search(rf"{token}\w*/(\d+)", agent):
            return f"{name} {found[1]}"
    return "a browser"


def _walked(run: Run) -> Walked:
    name, cells = browser(run.agent), seen(run)
    engine = ENGINES.get(name.split()[0], "none")
    told = {
        config: foretold(config, run.walk) for config in PREFERENCES if config.startswith(engine)
    }
    # How it is set, its cookies tell: it is the configuration that most of them agree with.
    config = max(told, key=lambda one: _agreeing(cells, told[one]), default="")
    nothing: Cells = dict.fromkeys(cells)
    return Walked(
        name.rstrip(" 0123456789"),
        config,
        f"seen in your own {name}" + (f", {SET[config]}" if config else ""),
        cells,
        told.get(config, nothing),
        recorded(config, run.walk),
        run.snapshot(),
    )


def _agreeing(cells: Cells, told: Cells) -> int:
    return sum(cells[key] == told[key] for key in cells)


def follow(servers: Servers, put: Callable[[Tab], None], seconds: float = MOST_SECONDS) -> None:
    """Call `put`, from a thread, with the Tab whenever something has arrived, for `seconds`.

    It ends when the servers stop.
    """

    def look() -> None:
        end, before = time.monotonic() + seconds, None
        while time.monotonic() < end and not servers.stopped.wait(LOOK_SECONDS):
            run = servers.latest_tab
            now = run and (run.name, run.done, run.over.is_set())
            if run and now != before:
                put(Tab(run))
                before = now

    threading.Thread(target=look, name="classroom-server-watch", daemon=True).start()
