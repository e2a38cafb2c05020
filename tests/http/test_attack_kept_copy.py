"""A copy of a token that outlives its cookie: a `me` that leaves the end to Max-Age, and ours.

Left out: a copy that is used in time; only a sign-out that is remembered ends that one.
"""

import time
from collections.abc import Iterator

import jwt
import pytest
import requests

from classroom.browser_model import LiveBrowser
from classroom.server.server import Server
from classroom.weak_routes.me_with_reader import COOKIE, Read, me_with_reader
from minisrv.auth import access_tokens
from tests.support.lesson_server import lesson_server

ADA = {"email": "ada@trax.test", "password": "midnight train to georgia"}
HOUR = 3600


@pytest.fixture
def server() -> Iterator[Server]:
    with lesson_server() as started:
        requests.post(started.url + "/api/signup", json=ADA, timeout=60)
        yield started


def asked(server: Server, read: Read, hours_ago: float) -> int:
    """Return what /api/me says to a token for eight hours that was issued `hours_ago`."""
    issued = time.time() - hours_ago * HOUR
    token = access_tokens.issue(1, server.settings.secret, 8 * HOUR, now=issued)
    server.plug("me", me_with_reader(read))
    cookie = {"Cookie": f"{COOKIE}={token}"}
    return requests.get(server.url + "/api/me", headers=cookie, timeout=60).status_code


def test_a_kept_copy_lasts_for_ever_where_only_the_cookie_ends(server: Server) -> None:
    def read(token: str) -> object:
        key, no_end = server.settings.secret, {"verify_exp": False}
        return jwt.decode(token, key, ["HS256"], no_end, audience="trax")["sub"]

    assert [asked(server, read, hours) for hours in (0, 7, 9, 9999)] == [200] * 4


def test_a_kept_copy_is_refused_by_exp_whatever_the_cookie_says(server: Server) -> None:
    def read(token: str) -> int:
        return access_tokens.read(token, server.settings.secret).user_id

    assert [asked(server, read, hours) for hours in (0, 7, 9, 9999)] == [200, 200, 401, 401]


@pytest.mark.parametrize("engine", ["chromium", "firefox"])
def test_the_browser_itself_has_forgotten_by_then(server: Server, engine: str) -> None:
    browser, site = LiveBrowser(engine), server.url
    browser.receive(site, "TRAX=ada; Max-Age=28800")
    browser.later(7 * HOUR)
    assert browser.cookies.names == ["TRAX"]
    assert [one.verdict for one in browser.later(2 * HOUR)] == ["expired"]
