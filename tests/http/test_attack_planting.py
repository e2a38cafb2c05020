"""A script that evicts Ada's HttpOnly cookie and plants Mallory's, at a real server.

Under each name the planted cookie is as that name demands. Left out: how the script got there.
"""

from collections.abc import Iterator

import pytest

from classroom.attacks.planting import MANY, plant, plant_each
from classroom.browser_model import Browser, LiveBrowser
from classroom.browser_model.jar import MOST
from classroom.server.server import Server
from minisrv.settings import CookieSettings

BOTH = pytest.mark.parametrize("engine", ["chromium", "firefox"])
FALLS = "__Host-TRAX_ACCESS_TOKEN"
STANDS = "__Host-Http-TRAX_ACCESS_TOKEN"
SECRETS = {"ada@trax.test": "midnight train to georgia", "mallory@evil.test": "nothing to see here"}


@pytest.fixture
def stop() -> Iterator[None]:
    yield
    if Server.current:
        Server.current.stop()


def signed_up(site: str, email: str, engine: str) -> LiveBrowser:
    browser, body = LiveBrowser(engine), {"email": email, "password": SECRETS[email]}
    asked = {"kind": "fetch", "initiator": site}
    assert browser.fetch(site + "/api/signup", "POST", json=body, **asked).response.ok
    return browser


def who_is_ada_after_planting(name: str, engine: str) -> str | None:
    """Return who /api/me takes Ada's browser for, None for nobody."""
    server = Server(bcrypt_cost=4, cookie=CookieSettings(name=name))
    site = server.url.replace("127.0.0.1", "trax.localhost")
    ada, mallory = (signed_up(site, email, engine) for email in SECRETS)
    me = {"kind": "fetch", "initiator": site}
    before = ada.fetch(site + "/api/me", **me).response.json()["email"]
    assert before == "ada@trax.test" and ada.document_cookie(site) == ""
    plant(ada, site, name, mallory.cookies[0].value)
    return ada.fetch(site + "/api/me", **me).response.json().get("email")


@BOTH
def test_planting_makes_ada_mallory_even_under_the_host_prefix(stop: None, engine: str) -> None:
    assert who_is_ada_after_planting(FALLS, engine) == "mallory@evil.test"


@BOTH
def test_planting_signs_ada_out_and_no_more_under_a_name_that_no_script_may_set(
    stop: None, engine: str
) -> None:
    assert who_is_ada_after_planting(STANDS, engine) is None


@BOTH
def test_without_the_flood_the_script_cannot_replace_the_cookie(engine: str) -> None:
    browser, page = Browser(engine), "http://trax.localhost/"
    browser.receive(page, "TRAX=ada; Path=/; Secure; HttpOnly")
    assert browser.set_from_script(page, "TRAX=mallory; Path=/; Secure").verdict == "blocked"
    assert [one.verdict for one in plant(browser, page, "TRAX", "m")] == ["evicted", "stored"]
    assert MANY > MOST


def test_the_table_of_the_lesson() -> None:
    rows = plant_each(["TRAX", "__Host-TRAX", "__Host-Http-TRAX"])
    assert [row["server sees"] for row in rows] == ["mallory"] * 4 + ["nobody"] * 2
    assert {row["Ada's"] for row in rows} == {"evicted"}
