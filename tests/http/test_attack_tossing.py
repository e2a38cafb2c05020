"""A sibling tosses its genuine cookie: the name decides whether Ada stays Ada, at a real server.

The tossed line keeps every rule of its name but one, the Domain. Left out: a sibling that can run
script on our own host (test_attack_planting.py).
"""

import pytest

from classroom.browser_model import LiveBrowser
from classroom.server.server import Server
from classroom.weak_routes.me_with_reader import me_with_reader
from minisrv.auth import access_tokens
from minisrv.routes.signup import host_cookie, real_token, reference
from tests.support.lesson_server import server as server

BOTH = pytest.mark.parametrize("engine", ["chromium", "firefox"])
ADA = {"email": "ada@trax.test", "password": "midnight train to georgia"}
MALLORY = {"email": "mallory@evil.test", "password": "nothing to see here"}


class Site:
    """Pages of trax.localhost at the server, and its sibling, the blog."""

    def __init__(self, server: Server, engine: str) -> None:
        """Two people sign up, each in a browser of their own."""
        self.url = server.url.replace("127.0.0.1", "trax.localhost")
        self.blog = server.url.replace("127.0.0.1", "blog.trax.localhost")
        self.page = {"kind": "fetch", "initiator": self.url}
        self.ada, self.mallory = (self.signed_up(who, engine) for who in (ADA, MALLORY))

    def signed_up(self, who: dict[str, str], engine: str) -> LiveBrowser:
        """Return the browser of someone who has just signed up."""
        browser = LiveBrowser(engine)
        answer = browser.fetch(self.url + "/api/signup", "POST", json=who, **self.page)
        assert answer.response.ok and len(browser.cookies) == 1
        return browser

    def tossed(self, name: str, path: str) -> str:
        """Return who /api/me takes Ada for once the blog has set Mallory's token under `name`."""
        value = self.mallory.cookies[0].value
        line = f"{name}={value}; Domain=trax.localhost; Path={path}; Secure; SameSite=Lax"
        self.ada.receive(self.blog, line)
        return self.ada.fetch(self.url + "/api/me", **self.page).response.json()["email"]


def as_before(server: Server) -> None:
    key = server.settings.secret
    server.plug("signup", real_token)
    server.plug("me", me_with_reader(lambda token: access_tokens.read(token, key).user_id))


@BOTH
def test_tossing_makes_ada_mallory_under_a_name_without_a_promise(
    server: Server, engine: str
) -> None:
    as_before(server)
    site = Site(server, engine)
    assert site.tossed("UNREAD", "/") == ADA["email"]
    assert site.tossed("TRAX_ACCESS_TOKEN", "/") == MALLORY["email"]


@BOTH
@pytest.mark.parametrize("rung", [host_cookie, reference], ids=["host_cookie", "reference"])
def test_tossing_is_refused_under_the_host_prefix(
    server: Server, engine: str, rung: object
) -> None:
    server.plug("signup", rung)
    site = Site(server, engine)
    for name in ("__Host-TRAX_ACCESS_TOKEN", "__host-TRAX_ACCESS_TOKEN", "TRAX_ACCESS_TOKEN"):
        for path in ("/", "/api", "/api/me"):
            assert site.tossed(name, path) == ADA["email"]


@BOTH
def test_a_tossed_cookie_signs_no_stranger_in(server: Server, engine: str) -> None:
    site = Site(server, engine)
    site.ada = LiveBrowser(engine)
    with pytest.raises(KeyError):  # an error, and no address
        site.tossed("__Host-TRAX_ACCESS_TOKEN", "/")
