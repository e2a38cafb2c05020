"""A tab stores cookies, sends them back, and its session can be made older."""

import time

import pytest

from classroom.lessons.session_tab import Tab, at_once, open_tabs
from classroom.server.server import Server
from minisrv.auth import access_tokens
from tests.support.lesson_server import server as server

ADA = {"email": "ada@trax.test", "password": "midnight train to georgia"}


def signed_in(server: Server, **more: object) -> Tab:
    tab = Tab(server)
    tab.post("/api/signup", json=ADA)
    assert tab.post("/api/signin", json=ADA | more).status_code == 200
    return tab


def test_it_keeps_what_is_set_and_drops_what_is_cleared(server: Server) -> None:
    tab = signed_in(server, remember=True)
    assert set(tab.cookies) == {server.settings.cookie.name, server.settings.refresh_cookie.name}
    assert tab.get("/api/me").json()["email"] == ADA["email"]
    assert tab.post("/api/signout").status_code == 204 and tab.cookies == {}


def test_a_copy_goes_its_own_way(server: Server) -> None:
    tab = signed_in(server)
    copy = tab.copy()
    copy.cookies.clear()
    assert tab.get("/api/me").status_code == 200 and copy.get("/api/me").status_code == 401


def test_headers_of_ones_own_go_along(server: Server) -> None:
    tab = signed_in(server)
    answer = tab.post("/api/signout", headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403


def test_a_cookie_header_of_ones_own_replaces_the_cookies(server: Server) -> None:
    tab = signed_in(server)
    for name in ("Cookie", "cookie"):
        assert tab.get("/api/me", headers={name: "none=1"}).status_code == 401


def test_later_is_as_if_the_time_had_passed(server: Server) -> None:
    tab = signed_in(server, remember=True)
    (before,) = server.rows("refresh_tokens")
    tab.later(minutes=14)
    assert tab.get("/api/me").status_code == 200
    tab.later(minutes=2)
    assert tab.get("/api/me").json()["code"] == "token_expired"
    (after,) = server.rows("refresh_tokens")
    moved = {name: before[name] - after[name] for name in ("exchanged", "expires")}
    assert moved == {"exchanged": 16 * 60, "expires": 16 * 60}


def test_later_goes_for_a_session_that_is_not_remembered_as_well(server: Server) -> None:
    tab = signed_in(server)
    tab.later(minutes=8 * 60 - 1)
    claims = access_tokens.read(next(iter(tab.cookies.values())), server.settings.secret)
    assert 0 < claims.expires - time.time() <= 60
    tab.later(minutes=2)
    assert tab.get("/api/me").json()["code"] == "token_expired"


def test_at_once_counts_answers_and_tokens(server: Server) -> None:
    tab = signed_in(server, remember=True)
    tabs = [tab.copy(), tab.copy(), Tab(server)]
    assert list(at_once(tabs, "/api/refresh")) == [
        {"status": 200, "tabs": 2, "refresh tokens": 1},
        {"status": 401, "tabs": 1, "refresh tokens": 0},
    ]


def test_open_tabs_are_copies_that_can_be_renewed(server: Server) -> None:
    with pytest.raises(RuntimeError, match="Run the cell with the sign-up"):
        open_tabs(server, ADA, 1)
    Tab(server).post("/api/signup", json=ADA)
    one, other = open_tabs(server, ADA, 2)
    assert one.cookies == other.cookies and one.cookies is not other.cookies
    assert one.get("/api/me").json()["code"] == "token_expired"
    assert one.post("/api/refresh").status_code == 200
