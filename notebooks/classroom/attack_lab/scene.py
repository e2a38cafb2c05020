"""One attack on Ada in one real browser: what she does, and what can be seen afterwards.

TRAX is here a server of its own, with the routes and the settings of the lesson's, so the lesson's
accounts and records stay as they are. Left out: which attacks there are (scenarios.py).
"""

import json
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace

from starlette.routing import Route

from classroom.attack_lab.attacker import Attacker
from classroom.browser_model import Client
from classroom.exchanges.exchange import Exchange
from classroom.real_browsers import Browser
from classroom.server.database import read_rows
from classroom.server.live_server import LiveServer
from minisrv.settings import Settings

ADA = {"email": "ada@trax.test", "password": "midnight train to georgia"}
HERS = ("Night trains", "Day trips")
ELSEWHERE = ("cross-site", "same-site")  # what Sec-Fetch-Site says of a page of Mallory's
ARRIVES = 10.0  # seconds within which a request must have come
FILL = """(form => {{
  for (const [name, value] of Object.entries({values})) form.elements[name].value = value;
  form.requestSubmit({button});
}})(document.getElementById("{form}"))"""


@dataclass
class Scene:
    """TRAX, Mallory, and a browser in which Ada is; `mark` exchanges came before the attack."""

    trax: LiveServer
    mallory: Attacker
    browser: Browser
    mark: int = 0

    @property
    def home(self) -> str:
        """The address of TRAX's page."""
        return f"{self.mallory.victim}/"

    def ada_comes(self) -> None:
        """Let Ada sign up in the page of TRAX and make her playlists."""
        self.browser.visit(self.home, "!door.hidden")
        self._fill("door", "form.elements.signup", ADA)
        self.browser.wait("!home.hidden && found.textContent")
        for count, name in enumerate(HERS, start=1):
            self._fill("add", "", {"name": name})
            self.browser.wait(f"playlists.children.length == {count}")
        self.mark = len(self.exchanges)

    def arrived(self, method: str, path: str) -> Exchange | None:
        """Wait for a request that was started elsewhere, and return it; None if none came."""
        end = time.monotonic() + ARRIVES
        while (found := self._started_elsewhere(method, path)) is None and time.monotonic() < end:
            time.sleep(0.02)
        return found

    def loot_came(self) -> list[str]:
        """Wait for something at Mallory's server, and return all that came."""
        self.mallory.came.wait(ARRIVES)
        return self.mallory.loot

    def who_is_in(self) -> str:
        """Return whom TRAX takes the browser for when it opens the page again, "" for nobody."""
        before = len(self.exchanges)
        self.browser.visit(self.home, "!door.hidden || !home.hidden")
        answers = [one for one in self.exchanges[before:] if one.path == "/api/me"]
        return str(answers[-1].json().get("email", "")) if answers else ""

    def replayed(self, token: str) -> str:
        """Return whose account Mallory reads with a token, from her own machine; "" if none."""
        client = Client(self.trax.url, {self.trax.settings.cookie.name: token}, ARRIVES)
        response = client.get("/api/me", headers={"Authorization": f"Bearer {token}"})
        return str(response.json().get("email", "")) if response.ok else ""

    @property
    def exchanges(self) -> list[Exchange]:
        """All that was said to TRAX."""
        return list(self.trax.switch.app.exchanges)

    @property
    def playlists(self) -> list[str]:
        """The names of Ada's playlists, from TRAX's database."""
        users, lists = (read_rows(self.trax.shared.engine, t) for t in ("users", "playlists"))
        hers = [row["id"] for row in users if row["email"] == ADA["email"]]
        return [str(row["name"]) for row in lists if row["user_id"] in hers]

    def _fill(self, form: str, button: str, values: dict[str, str]) -> None:
        self.browser.evaluate(FILL.format(form=form, button=button, values=json.dumps(values)))

    def _started_elsewhere(self, method: str, path: str) -> Exchange | None:
        for one in self.exchanges[self.mark :]:
            site = dict(one.request_headers).get("sec-fetch-site")
            if (one.method, one.path, site in ELSEWHERE) == (method, path, True):
                return one
        return None


@contextmanager
def scene(settings: Settings, plugged: dict[str, Route], browser: Browser) -> Iterator[Scene]:
    """Open TRAX with these settings and routes, and Mallory's server, until the `with` ends."""
    with ExitStack() as at_the_end:
        # Cheap hashes: nobody here steals the table.
        trax = LiveServer(replace(settings, port=0, database_url="sqlite://", bcrypt_cost=4))
        at_the_end.callback(trax.stop)
        for name, route in plugged.items():
            trax.plug(name, route)
        mallory = Attacker(trax.port, settings.cookie.name)
        at_the_end.callback(mallory.stop)
        yield Scene(trax, mallory, browser)
