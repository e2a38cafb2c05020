"""The attack lab of a lesson: run an attack on the lesson's server in real browsers.

    attacks = AttackLab(server)
    attacks.run("csrf-form")                          # as the server is now
    attacks.run("csrf-form", playlists=unguarded)     # with another route for this run
    attacks.link("csrf-form")                         # in a browser tab of yours

The attacks themselves are in scenarios.py and pages/.
"""

import atexit
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from markupsafe import Markup
from starlette.routing import Route

from classroom.attack_lab.attack_outcome import NAMES, Outcome, Row, side_by_side
from classroom.attack_lab.attacker import Attacker, page_text
from classroom.attack_lab.recordings import recorded, setup_key
from classroom.attack_lab.run_attack import OpenBrowsers, Target, run_attack
from classroom.attack_lab.scenarios import SCENARIOS, Scenario
from classroom.display import html
from classroom.display.displayable import Displayable
from classroom.display.link import Link, elsewhere
from classroom.display.source import Source
from classroom.display.table import Table
from classroom.server.server import ENDED, Server
from minisrv.app import ROUTES
from minisrv.settings import Settings

NO_CHANGES = (
    "{} is no dict of changes: write each server as a name and a dict, such as "
    '{{"Lax": {{"playlists": unguarded}}}}.'
)
_SLOT = "_classroom_attack_lab"  # on sys, as in classroom/server/server.py


class AttackLab:
    """Attacks on the server of a lesson, run in real browsers."""

    def __init__(self, server: Server) -> None:
        """Attack `server`, with the routes and settings that it has at the time of each run.

        What an earlier lab of this kernel has started is ended.
        """
        if before := getattr(sys, _SLOT, None):
            before.close()
        setattr(sys, _SLOT, self)
        self.server = server
        self._mallory: Attacker | None = None
        self._browsers = OpenBrowsers()
        atexit.register(self.close)  # for good: a closed lab that runs again opens new browsers

    def run(self, name: str, **changes: object) -> Outcome:
        """Run the attack `name` in each engine that is installed, without a window.

        The attacked server is a separate one, with the routes and settings of the lesson's, and
        with `changes`: endpoints or settings by name. Where an engine is missing or fails, the
        recorded outcome is shown. Raises ValueError if there is no such attack.
        """
        (outcome,) = self.outcomes(name, [changes], pictures=True)
        return outcome

    def against(self, name: str, servers: Mapping[str, Mapping[str, object]]) -> Table:
        """Run one attack on several servers, and return a table of where it gets through.

        `servers` maps a name to the changes of that server, as `run` takes them. ValueError as
        above; TypeError if `servers` or one of its values is no dict.
        """
        for one in servers.values() if isinstance(servers, Mapping) else [servers]:
            if not isinstance(one, Mapping):
                raise TypeError(NO_CHANGES.format(getattr(one, "__name__", repr(one))))
        outcomes = self.outcomes(name, list(servers.values()))
        return side_by_side(dict(zip(servers, outcomes, strict=True)))

    def outcomes(
        self, name: str, servers: list[Mapping[str, object]], pictures: bool = False
    ) -> list[Outcome]:
        """Return the outcomes of an attack on several servers, given by their changes.

        One browser of each engine is used for all servers, and both engines run at the same time.
        With `pictures`, Ada's tab is kept as it looked after each attack.
        """
        scenario = _scenario(name)
        changed = [self.changed(dict(changes)) for changes in servers]
        known = [recorded(name, setup_key(*one)) for one in changed]

        def rows(engine: str) -> list[Row | None]:
            pairs = zip(changed, known, strict=True)
            targets = [Target(*one, runs.get(engine)) for one, runs in pairs]
            return run_attack(engine, scenario, targets, self._browsers, pictures)

        with ThreadPoolExecutor(len(NAMES)) as pool:
            by_server = zip(*pool.map(rows, NAMES), strict=True)
        return [
            Outcome(name, scenario.idea, {e: r for e, r in zip(NAMES, row, strict=True) if r})
            for row in by_server
        ]

    def link(self, name: str) -> "ManualSteps":
        """Return how to try the attack in a tab of your own, on the lesson's server itself.

        Two of the pages create an account for Mallory there. ValueError as above; RuntimeError if
        no server is running.
        """
        scenario = _scenario(name)
        if Server.current is None:
            raise RuntimeError(ENDED)
        if self._mallory is None:
            settings = self.server.settings
            self._mallory = Attacker(settings.port, settings.cookie.name)
        page = self._mallory.url(scenario.host, scenario.page)
        return ManualSteps(scenario.idea, f"{self._mallory.victim}/", page)

    def page(self, name: str) -> Source:
        """Return the HTML of the attack's page at Mallory's server. ValueError as above."""
        file = _scenario(name).page
        return Source(file, page_text(file, "http://trax.localhost", "http://evil.localhost"))

    @property
    def stolen(self) -> list[str]:
        """The texts that Mallory's server has received from tabs of yours, the oldest first."""
        return list(self._mallory.stolen) if self._mallory else []

    def close(self) -> None:
        """End the browsers and Mallory's server. Safe to call twice."""
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


@dataclass(frozen=True, repr=False)
class ManualSteps(Displayable):
    """Three steps to try an attack in a tab of your own: its idea, TRAX's page, Mallory's page.

    There is no frame in the notebook: a sign-in in a frame of another site does not work.
    """

    idea: str
    home: str
    page: str

    def as_text(self) -> str:
        """Return the steps, with labels for the ports."""
        return "\n".join(link.as_text() for link in self._links())

    def as_html(self) -> Markup:
        """Return the same with links that open a new tab."""
        return html.render("card", parts=self._links())

    def _links(self) -> list[Link]:
        last = "3. See what became of your playlists, and who you are, at"
        return [
            Link(self.home, "1. Sign up and make a playlist at"),
            Link(self.page, f"2. In the same browser open this ({self.idea}):"),
            Link(self.home, last, elsewhere()),
        ]


def _scenario(name: str) -> Scenario:
    if name not in SCENARIOS:
        raise ValueError(f"There is no attack {name!r}; there are {', '.join(SCENARIOS)}.")
    return SCENARIOS[name]
