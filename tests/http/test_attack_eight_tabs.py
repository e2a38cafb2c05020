"""Eight tabs that renew one session at once, and Mallory who has a copy: weak routes, and ours.

Left out: several processes (test_workers.py), and what the routes say to nonsense
(test_refresh.py).
"""

import pytest

from classroom.lessons.session_tab import Tab, at_once
from classroom.server.server import Server
from classroom.weak_routes import refresh as weak
from minisrv.routes.refresh import refresh as ours
from tests.support.lesson_server import server as server

ADA = {"email": "ada@trax.test", "password": "midnight train to georgia", "remember": True}


@pytest.fixture
def tab(server: Server, monkeypatch: pytest.MonkeyPatch) -> Tab:
    """Ada's tab, sixteen minutes after she has signed in."""
    monkeypatch.setattr(weak, "BUSY_SECONDS", 0.5)
    tab = Tab(server)
    tab.post("/api/signup", json=ADA)
    tab.post("/api/signin", json=ADA)
    tab.later(minutes=16)
    return tab


def eight(tab: Tab) -> list[Tab]:
    return [tab.copy() for _ in range(8)]


def statuses(tabs: list[Tab], method: str, path: str) -> list[int]:
    return sorted(tab.send(method, path).status_code for tab in tabs)


def test_look_then_write_gives_out_eight_tokens_of_which_one_is_good(
    server: Server, tab: Tab
) -> None:
    server.plug("refresh", weak.read_then_write)
    tabs = eight(tab)
    assert list(at_once(tabs, "/api/refresh")) == [{"status": 200, "tabs": 8, "refresh tokens": 8}]
    assert statuses(tabs, "POST", "/api/refresh") == [200] + [401] * 7


def test_strict_exchange_lets_one_through_and_then_throws_it_out(server: Server, tab: Tab) -> None:
    server.plug("refresh", weak.strict)
    tabs = eight(tab)
    assert list(at_once(tabs, "/api/refresh")) == [
        {"status": 200, "tabs": 1, "refresh tokens": 1},
        {"status": 401, "tabs": 7, "refresh tokens": 0},
    ]
    assert statuses(tabs, "GET", "/api/me") == [401] * 8


def test_ours_gives_all_of_them_the_one_that_follows(server: Server, tab: Tab) -> None:
    server.plug("refresh", ours)
    tabs = eight(tab)
    assert list(at_once(tabs, "/api/refresh")) == [{"status": 200, "tabs": 8, "refresh tokens": 1}]
    assert statuses(tabs, "GET", "/api/me") == [200] * 8


@pytest.mark.parametrize("route", [weak.read_then_write, weak.strict, ours])
def test_one_after_the_other_all_three_are_right(server: Server, tab: Tab, route) -> None:
    server.plug("refresh", route)
    for _ in range(2):
        before = dict(tab.cookies)
        assert tab.post("/api/refresh").status_code == 200
        assert all(tab.cookies[name] != before[name] for name in before)
        assert tab.get("/api/me").status_code == 200
        tab.later(minutes=16)


@pytest.mark.parametrize(("route", "ended"), [(weak.read_then_write, False), (weak.strict, True)])
def test_an_old_token_ends_the_family_where_the_route_minds(
    server: Server, tab: Tab, route, ended: bool
) -> None:
    server.plug("refresh", route)
    mallory = tab.copy()
    for _ in range(2):
        tab.post("/api/refresh")
    assert mallory.post("/api/refresh").status_code == 401
    assert tab.get("/api/me").status_code == (401 if ended else 200)


@pytest.mark.parametrize("first", ["Ada", "Mallory"])
def test_with_ours_the_late_one_ends_it_for_both(tab: Tab, first: str) -> None:
    mallory = tab.copy()
    early, late = (tab, mallory) if first == "Ada" else (mallory, tab)
    early.post("/api/refresh")
    early.later(minutes=16)
    early.post("/api/refresh")
    assert late.post("/api/refresh").json()["code"] == "token_reused"
    for one in (tab, mallory):
        assert one.get("/api/me").status_code == 401
        assert one.post("/api/refresh").status_code == 401
