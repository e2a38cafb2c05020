"""Run an attack in one engine: in a browser of this machine, or as it was recorded.

The browsers stay open between runs, because most of a short run's time would go into the start.
A second browser with the same engine is not used.
"""

from collections.abc import Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace

from starlette.routing import Route

from classroom.attack_lab.attack_outcome import NAMES, Row
from classroom.attack_lab.attack_session import SECONDS, NoOutcome, NotReady, attack_session
from classroom.attack_lab.observers import Seen
from classroom.attack_lab.recordings import Recorded
from classroom.attack_lab.scenarios import Scenario
from classroom.attack_lab.tab_pictures import TabPicture
from classroom.real_browsers import (
    Browser,
    BrowserFailed,
    BrowserUnresponsive,
    Found,
    first_of,
    open_browser,
)
from minisrv.settings import Settings

# Chrome's own default. Debian's Chromium would block third-party cookies.
PREFERENCES = {"chromium": {"profile.cookie_controls_mode": 2}, "firefox": {}}


class OpenBrowsers:
    """The open browsers, one of each engine."""

    def __init__(self) -> None:
        """Open nothing yet."""
        self._open: dict[str, tuple[Browser, ExitStack]] = {}

    def without_cookies(self, found: Found) -> Browser:
        """Return the browser `found` with an empty jar; open it if necessary.

        One that does not respond any more is replaced, once. Raises BrowserFailed.
        """
        is_new = found.engine not in self._open
        if is_new:
            stack = ExitStack()
            browser = stack.enter_context(open_browser(found, PREFERENCES[found.engine]))
            self._open[found.engine] = (browser, stack)
        browser, _ = self._open[found.engine]
        try:
            browser.forget_cookies()
        except BrowserFailed:  # an interrupt of the kernel ends its browsers, too
            if is_new:
                raise
            self.drop(found.engine)
            return self.without_cookies(found)
        return browser

    def drop(self, engine: str) -> None:
        """End the browser of this engine after a failure; the next run opens a new one."""
        _, stack = self._open.pop(engine, (None, ExitStack()))
        with suppress(BrowserFailed):
            stack.close()

    def close(self) -> None:
        """End all of them. Safe to call twice."""
        for engine in list(self._open):
            self.drop(engine)


@dataclass(frozen=True)
class Target:
    """A server to attack: its routes and settings, and its recorded run in one engine."""

    plugged: dict[str, Route]
    settings: Settings
    recorded: Recorded | None


def run_attack(
    engine: str,
    scenario: Scenario,
    targets: Sequence[Target],
    browsers: OpenBrowsers,
    pictures: bool,
) -> list[Row | None]:
    """Attack each target in a browser, and return what was seen there.

    With `pictures`, a row has a picture of the tab, too. Without a browser, or if it cannot do
    this, return what was recorded, and None where nothing was. If the browser does not respond in
    time, the row says that nothing arrived: no attack counts as failed. Never raises BrowserFailed.
    """
    found, rows = first_of(engine), []
    if found is None:
        return [_recorded_row(engine, scenario, one.recorded) for one in targets]
    try:
        for target in targets:
            browser = browsers.without_cookies(found)
            rows.append(_seen_row(found, scenario, target, browser, pictures))
        return rows
    except NotReady as problem:
        row = replace(_silent_row(found, problem), not_ready=str(problem))
        return rows + [row] * (len(targets) - len(rows))
    except (BrowserUnresponsive, NoOutcome) as problem:
        browsers.drop(engine)
        return rows + [_silent_row(found, problem)] * (len(targets) - len(rows))
    except BrowserFailed as problem:
        browsers.drop(engine)
        why, rest = f" ({_sentence(problem)})", targets[len(rows) :]
        recorded = [_recorded_row(engine, scenario, one.recorded, why) for one in rest]
        return rows + [row or _silent_row(found, problem) for row in recorded]


def _seen_row(
    found: Found, scenario: Scenario, target: Target, browser: Browser, pictures: bool
) -> Row:
    with attack_session(target.settings, target.plugged, browser) as session:
        session.ada_signs_up()
        page = session.mallory.url(scenario.host, scenario.page)
        browser.visit(page, scenario.ends, SECONDS)
        seen = scenario.observe(session)
    picture = TabPicture(browser.picture(), tuple(browser.cookies())) if pictures else None
    how, difference = f"{found.name} {found.version} here", _difference(seen, target.recorded)
    return Row(seen, scenario.succeeded(seen), how, True, difference, picture)


def _silent_row(found: Found, problem: Exception) -> Row:
    return Row({}, None, f"{found.name} {found.version} here ({_sentence(problem)})", True)


def _recorded_row(
    engine: str, scenario: Scenario, recorded: Recorded | None, why: str = ""
) -> Row | None:
    if recorded is None:
        return None
    how = f"{NAMES[engine]} {recorded.version}, recorded on {recorded.when}{why}"
    return Row(recorded.seen, scenario.succeeded(recorded.seen), how, False)


def _sentence(problem: Exception) -> str:
    return str(problem).rstrip(".")


def _difference(seen: Seen, recorded: Recorded | None) -> str:
    """Return how the recorded outcome differs from what was seen, or ""."""
    if recorded is None:
        return ""
    return ", ".join(
        f"{column} was {value!r}"
        for column, value in recorded.seen.items()
        if seen.get(column) != value
    )
