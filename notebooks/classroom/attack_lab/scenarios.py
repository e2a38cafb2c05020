"""The attacks, one idea each: where Mallory's page is, where the tab ends, how it is observed.

The pages are in pages/, and the observers in observers.py.
"""

from collections.abc import Callable
from dataclasses import dataclass

from classroom.attack_lab.attack_session import ADA, AttackSession
from classroom.attack_lab.observers import (
    Seen,
    became_mallory,
    cookie_tossing,
    forged,
    forged_sign_in,
    has,
    playlists_changed,
    read_across,
    session_riding,
    theft,
)

EVIL, SIBLING, OTHER_PORT = "evil.localhost", "blog.trax.localhost", "trax.localhost"
AT = "location.pathname == '{}'".format
AT_HOME = "location.pathname == '/' && (!door.hidden || !home.hidden)"
FOUND = "location.search && window.found?.textContent.startsWith('Playlists with')"
STAYS = "document.title == 'You have won'"


@dataclass(frozen=True)
class Scenario:
    """An attack: its idea in a sentence, the host and file of its page, and how it is observed.

    `ends` is JavaScript that is true in the page where the tab ends. `observe` returns what was
    seen, column by column. `succeeded` returns True if, by these columns, the attack worked.
    """

    idea: str
    host: str
    page: str
    ends: str
    observe: Callable[[AttackSession], Seen]
    succeeded: Callable[[Seen], bool]


def _forgery(idea: str, host: str, page: str, method: str = "POST") -> Scenario:
    """Return an attack on Ada's playlists whose page stays, or goes where the request goes."""
    ends = STAYS if page in ("csrf-image.html", "csrf-fetch.html") else AT("/api/playlists")
    return Scenario(idea, host, page, ends, forged(method), playlists_changed)


SCENARIOS: dict[str, Scenario] = {
    "csrf-form": _forgery(
        "a form at evil.localhost sends itself to /api/playlists", EVIL, "csrf-form.html"
    ),
    "csrf-sibling": _forgery(
        "the same form at blog.trax.localhost, which is the same site", SIBLING, "csrf-form.html"
    ),
    "csrf-port": _forgery(
        "the same form at another port of trax.localhost", OTHER_PORT, "csrf-form.html"
    ),
    "csrf-link": _forgery(
        "a link at evil.localhost whose address adds a playlist", EVIL, "csrf-link.html", "GET"
    ),
    "csrf-image": _forgery(
        "an image at evil.localhost whose address adds a playlist", EVIL, "csrf-image.html", "GET"
    ),
    "csrf-fetch": _forgery(
        "a script at evil.localhost sends JSON as text/plain", EVIL, "csrf-fetch.html"
    ),
    "login-csrf": Scenario(
        "a form at evil.localhost signs Ada in, as Mallory",
        EVIL,
        "login-csrf.html",
        AT("/api/signin"),
        forged_sign_in,
        became_mallory,
    ),
    "cookie-tossing": Scenario(
        "blog.trax.localhost sets a cookie for all of trax.localhost",
        SIBLING,
        "cookie-tossing.html",
        AT_HOME,
        cookie_tossing,
        became_mallory,
    ),
    "cors": Scenario(
        "a script at blog.trax.localhost reads /api/me",
        SIBLING,
        "cors.html",
        "document.title == 'The blog of TRAX'",
        read_across,
        has("the page reads", "Ada's account"),
    ),
    "xss-steal": Scenario(
        "a script in the page of TRAX sends every secret that it can read to Mallory",
        EVIL,
        "xss-steal.html",
        FOUND,
        theft,
        has("it opens", ADA["email"]),
    ),
    "xss-ride": Scenario(
        "a script in the page of TRAX does what Ada could do",
        EVIL,
        "xss-ride.html",
        FOUND,
        session_riding,
        playlists_changed,
    ),
}
