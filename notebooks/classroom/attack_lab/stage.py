"""The stage: the lesson's server, Ada, Mallory, and a browser in which an attack is carried out.

    stage = Stage(server)
    stage.run("csrf-form")                            # as the server is now
    stage.run("csrf-form", playlists=unguarded)       # with a route of the run's own
    stage.link("csrf-form")                           # in a browser tab of yours

Left out: the attacks themselves (scenarios.py, pages/).
"""

import atexit
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from starlette.routing import Route

from classroom.attack_lab.attacker import Attacker
from classroom.attack_lab.browsers import Browsers
from classroom.attack_lab.carried_out import Target, carried_out
from classroom.attack_lab.outcome import NAMES, Outcome, Row, side_by_side
from classroom.attack_lab.recorded import recorded
from classroom.attack_lab.scenarios import SCENARIOS, Scenario
from classroom.attack_lab.setup import setup
from classroom.attack_lab.steps import Steps
from classroom.display.table import Table
from classroom.server.server import Server
from minisrv.app import ROUTES
from minisrv.settings import Settings


class Stage:
    """Attacks on the server of a lesson, carried out in real browsers."""

    def __init__(self, server: Server) -> None:
        """Attack `server`, with the routes and settings that it has at the time of each run."""
        self.server = server
        self._mallory: Attacker | None = None
        self._browsers = Browsers()
        atexit.register(self.close)

    def run(self, name: str, **changes: object) -> Outcome:
        """Carry out the attack `name` in each engine that is installed, without a window.

        It meets a server of its own with the routes and settings of the lesson's, and with
        `changes`: endpoints or settings by name. Where an engine is missing, or fails, the outcome
        that was recorded is shown. Raises ValueError when there is no such attack.
        """
        (outcome,) = self.outcomes(name, [changes])
        return outcome

    def against(self, name: str, servers: Mapping[str, Mapping[str, object]]) -> Table:
        """Carry out one attack on several servers, and return who it works against.

        `servers` gives the changes of each, as `run` takes them, by a name. ValueError as above.
        """
        outcomes = self.outcomes(name, list(servers.values()))
        return side_by_side(dict(zip(servers, outcomes, strict=True)))

    def outcomes(self, name: str, servers: list[Mapping[str, object]]) -> list[Outcome]:
        """Return what comes of an attack on several servers, given by their changes.

        One browser of each engine meets them all, and both engines do so at once.
        """
        scenario = _scenario(name)
        changed = [self.changed(dict(changes)) for changes in servers]
        known = [recorded(name, setup(*one)) for one in changed]

        def rows(engine: str) -> list[Row | None]:
            pairs = zip(changed, known, strict=True)
            targets = [Target(*one, runs.get(engine)) for one, runs in pairs]
            return carried_out(engine, scenario, targets, self._browsers)

        with ThreadPoolExecutor(len(NAMES)) as pool:
            each = zip(*pool.map(rows, NAMES), strict=True)
        return [
            Outcome(name, scenario.idea, {e: r for e, r in zip(NAMES, row, strict=True) if r})
            for row in each
        ]

    def link(self, name: str) -> Steps:
        """Return how to try the attack in a tab of your own, on the lesson's server itself.

        Two of the pages make Mallory an account there. ValueError as above.
        """
        scenario = _scenario(name)
        if self._mallory is None:
            settings = self.server.settings
            self._mallory = Attacker(settings.port, settings.cookie.name)
        mallory = self._mallory
        return Steps(scenario.idea, f"{mallory.victim}/", mallory.url(scenario.host, scenario.page))

    @property
    def loot(self) -> list[str]:
        """What Mallory's server has received from tabs of yours, the oldest first."""
        return list(self._mallory.loot) if self._mallory else []

    def close(self) -> None:
        """End the browsers, and Mallory's server for tabs of yours; again is harmless."""
        self._browsers.close()
        if self._mallory:
            self._mallory.stop()
            self._mallory = None

    def changed(self, changes: dict[str, object]) -> tuple[dict[str, Route], Settings]:
        """Return the routes and settings of a run; ValueError or TypeError for a wrong one."""
        plugged = dict(self.server.running.plugged)
        settings = dict(changes)
        for name in set(changes) & set(ROUTES):
            given = settings.pop(name)
            if not isinstance(given, Route):
                given = Route(ROUTES[name].path, given, methods=ROUTES[name].methods)
            plugged[name] = given
        return plugged, replace(self.server.settings, **settings)


def _scenario(name: str) -> Scenario:
    if name not in SCENARIOS:
        raise ValueError(f"There is no attack {name!r}; there are {', '.join(SCENARIOS)}.")
    return SCENARIOS[name]
