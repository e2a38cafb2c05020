"""A client that renews on every 401: a sign-up that answers 401 keeps it busy, one with 409 not."""

import pytest

from classroom.lessons.session_tab import Tab
from classroom.server.server import Server
from minisrv.routes.signup import LADDER
from tests.support.lesson_server import server as server

ADA = {"email": "ada@trax.test", "password": "midnight train to georgia", "remember": True}
ENOUGH = 10


def tries(tab: Tab) -> int:
    """Sign up until something else than 401 comes, renewing in between; return how often."""
    for number in range(1, ENOUGH + 1):
        if tab.post("/api/signup", json=ADA).status_code != 401:
            return number
        assert tab.post("/api/refresh").status_code == 200
    return ENOUGH


@pytest.mark.parametrize(("rung", "asked"), [("catch_all", ENOUGH), ("reference", 1)])
def test_a_taken_address(server: Server, rung: str, asked: int) -> None:
    tab = Tab(server)
    tab.post("/api/signup", json=ADA)
    tab.post("/api/signin", json=ADA)
    server.plug("signup", LADDER[rung])
    assert tries(tab) == asked
