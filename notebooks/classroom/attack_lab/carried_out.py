"""An attack in one engine: carried out in a browser here, or as it was recorded.

Left out: a second browser with the same engine, which does the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.routing import Route

from classroom.attack_lab.browsers import Browsers, first_of
from classroom.attack_lab.outcome import NAMES, Row
from classroom.attack_lab.readers import Seen
from classroom.attack_lab.recorded import Recorded
from classroom.attack_lab.scenarios import Scenario
from classroom.attack_lab.scene import scene
from classroom.attack_lab.tabs import Tab
from classroom.real_browsers import Browser, BrowserFailed, Found
from minisrv.settings import Settings

SECONDS = 15.0  # within which the tab must have come to rest


@dataclass(frozen=True)
class Target:
    """A server to attack: its routes and settings, and what was recorded of it in one engine."""

    plugged: dict[str, Route]
    settings: Settings
    known: Recorded | None


def carried_out(
    engine: str, scenario: Scenario, targets: Sequence[Target], browsers: Browsers
) -> list[Row | None]:
    """Attack each target and return what is seen here; else what was recorded; else None.

    Never raises for a browser.
    """
    found, rows, why = first_of(engine), [], ""
    if found:
        try:
            for target in targets:
                rows.append(_row(found, scenario, target, browsers.lend(found)))
        except BrowserFailed as problem:
            browsers.drop(engine)
            why = f" ({str(problem).rstrip('.')})"
    return rows + [_recorded(engine, scenario, one.known, why) for one in targets[len(rows) :]]


def _row(found: Found, scenario: Scenario, target: Target, browser: Browser) -> Row:
    seen = _seen(scenario, target, browser)
    tab = Tab(browser.picture(), tuple(browser.cookies()))
    how = f"{found.name} {found.version} here"
    return Row(seen, scenario.falls(seen), how, True, _otherwise(seen, target.known), tab)


def _seen(scenario: Scenario, target: Target, browser: Browser) -> Seen:
    with scene(target.settings, target.plugged, browser) as here:
        here.ada_comes()
        browser.visit(here.mallory.url(scenario.host, scenario.page), scenario.ends, SECONDS)
        return scenario.see(here)


def _recorded(engine: str, scenario: Scenario, known: Recorded | None, why: str) -> Row | None:
    if known is None:
        return None
    how = f"{NAMES[engine]} {known.version}, recorded on {known.when}{why}"
    return Row(known.seen, scenario.falls(known.seen), how, False)


def _otherwise(seen: Seen, known: Recorded | None) -> str:
    """Return how the recorded outcome differs from what is seen, "" when it does not."""
    if known is None:
        return ""
    return ", ".join(
        f"{column} was {value!r}"
        for column, value in known.seen.items()
        if seen.get(column) != value
    )
