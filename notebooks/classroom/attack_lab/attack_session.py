"""One attack on Ada in one real browser: what she does first, and what can be observed afterwards.

TRAX is a server of its own here, with the routes and the settings of the lesson's server. So the
lesson's accounts and records stay as they are. Which attacks there are is in scenarios.py.
"""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from typing import TypeVar

from starlette.routing import Route

from classroom.attack_lab.attacker import Attacker
from classroom.browser_model import Client
from classroom.exchanges.exchange import Exchange
from classroom.real_browsers import Browser
from classroom.server.database import read_rows
from classroom.server.live_server import LiveServer
from minisrv.settings import Settings

Found = TypeVar("Found")
ADA = {"email": "ada@trax.test", "password": "midnight train to georgia"}
PLAYLISTS = ("Night trains", "Day trips")
FROM_MALLORY = ("cross-site", "same-site")  # Sec-Fetch-Site of a request by Mallory's page
SECONDS = 20.0  # for a page to finish, and for a request to arrive: a student waits for it
PAUSE_SECONDS = 0.02  # between two looks
FILL = """(form => {{
  for (const [name, value] of Object.entries({values})) form.elements[name].value = value;
  form.requestSubmit();
}})(document.getElementById("{form}"))"""
# True if Mallory's script says that it has ended, or if the page has no handler to load it: its
# HTML stayed text, or the policy removed the handler.
SCRIPT_ENDED = """document.documentElement.dataset.attack == 'ended' ||
  [...document.querySelectorAll("img[src='x']")].every(image => image.onerror === null)"""


class NoOutcome(Exception):
    """It is not known whether the attack works, because something did not arrive; says what."""


class NotReady(NoOutcome):
    """Ada could not use TRAX before the attack, because a route failed; says how."""


@dataclass
class AttackSession:
    """TRAX, Mallory, and Ada's browser; the first `mark` exchanges came before the attack."""

    trax: LiveServer
    mallory: Attacker
    browser: Browser
    mark: int = 0

    @property
    def home(self) -> str:
        """The address of TRAX's page."""
        return f"{self.mallory.victim}/"

    def ada_signs_up(self) -> None:
        """Let Ada sign up in the page of TRAX and add her playlists."""
        self.browser.visit(self.home, "!door.hidden", SECONDS)
        self._fill("signup", ADA)
        self._wait_for_page("!home.hidden && found.textContent")
        for count, name in enumerate(PLAYLISTS, start=1):
            self._fill("add", {"name": name})
            self._wait_for_page(f"playlists.children.length == {count}")
        self.mark = len(self.exchanges)

    def forged_request(self, method: str, path: str) -> Exchange:
        """Wait for a request that Mallory's page sent, and return it.

        Every browser sends it, with a cookie or without. So NoOutcome if it does not arrive.
        """
        return self._wait_for(
            lambda: next(filter(self._is_from_mallory, self._since_mark(method, path)), None),
            f"{method} {path}",
        )

    def stolen(self) -> list[str]:
        """Wait for something to arrive at Mallory's server, and return all; NoOutcome if not."""
        self._wait_for(lambda: self.mallory.stolen or None, "what the page read")
        return list(self.mallory.stolen)

    def wait_for_script(self) -> None:
        """Wait until an injected script has sent everything, or until it is sure not to run."""
        self.browser.wait(SCRIPT_ENDED, SECONDS)

    def signed_in(self) -> str:
        """Open the page again; return the address that TRAX takes the browser for, or ""."""
        before = len(self.exchanges)
        self.browser.visit(self.home, "!door.hidden || !home.hidden", SECONDS)
        responses = [one for one in self.exchanges[before:] if one.path == "/api/me"]
        if not responses:
            raise NoOutcome("GET /api/me did not arrive")
        return str(answered(responses[-1]).json().get("email", ""))

    def replay(self, token: str) -> str:
        """Return whose account a token opens from Mallory's own machine, or ""."""
        client = Client(self.trax.url, {self.trax.settings.cookie.name: token}, SECONDS)
        response = client.get("/api/me", headers={"Authorization": f"Bearer {token}"})
        if response.status_code == 503:
            raise NoOutcome("TRAX was too busy (503)")
        return str(response.json().get("email", "")) if response.ok else ""

    @property
    def exchanges(self) -> list[Exchange]:
        """All exchanges with TRAX, the oldest first."""
        return list(self.trax.switch.app.exchanges)

    @property
    def playlists(self) -> list[str]:
        """The names of Ada's playlists, from TRAX's database."""
        users, lists = (read_rows(self.trax.shared.engine, t) for t in ("users", "playlists"))
        ids = [row["id"] for row in users if row["email"] == ADA["email"]]
        return [str(row["name"]) for row in lists if row["user_id"] in ids]

    def _fill(self, form: str, values: dict[str, str]) -> None:
        self.browser.evaluate(FILL.format(form=form, values=json.dumps(values)))

    def _wait_for_page(self, until: str) -> None:
        """Wait until a JavaScript expression is true; NotReady if the page reports an error."""
        self.browser.wait(f"!said.hidden || ({until})", SECONDS)
        if error := self.browser.evaluate("said.hidden ? '' : said.textContent"):
            raise NotReady(f"Before the attack, TRAX's own page reports: {error}")

    def _since_mark(self, method: str, path: str) -> list[Exchange]:
        attack = self.exchanges[self.mark :]
        return [one for one in attack if (one.method, one.path) == (method, path)]

    @staticmethod
    def _is_from_mallory(exchange: Exchange) -> bool:
        return dict(exchange.request_headers).get("sec-fetch-site") in FROM_MALLORY

    @staticmethod
    def _wait_for(look: Callable[[], Found | None], what: str) -> Found:
        deadline = time.monotonic() + SECONDS
        while (found := look()) is None:
            if time.monotonic() > deadline:
                raise NoOutcome(f"{what} did not arrive within {SECONDS:g} s")
            time.sleep(PAUSE_SECONDS)
        return found


def answered(exchange: Exchange) -> Exchange:
    """Return an exchange, or raise NoOutcome if TRAX was too busy to decide about the request."""
    if exchange.status == 503:
        raise NoOutcome("TRAX was too busy (503)")
    return exchange


@contextmanager
def attack_session(
    settings: Settings, plugged: dict[str, Route], browser: Browser
) -> Iterator[AttackSession]:
    """Start TRAX with these settings and routes, and Mallory's server, for the length of `with`."""
    with ExitStack() as at_the_end:
        # Cheap hashes: no attack here steals the database.
        trax = LiveServer(replace(settings, port=0, database_url="sqlite://", bcrypt_cost=4))
        at_the_end.callback(trax.stop)
        for name, route in plugged.items():
            trax.plug(name, route)
        mallory = Attacker(trax.port, settings.cookie.name)
        at_the_end.callback(mallory.stop)
        yield AttackSession(trax, mallory, browser)
