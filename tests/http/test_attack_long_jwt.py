"""A refresh token that is "just another JWT" opens every door, and cannot be struck out."""

from classroom.lessons.session_tab import Tab
from classroom.server.server import Server
from minisrv.auth import access_tokens
from tests.support.lesson_server import server as server

ADA = {"email": "ada@trax.test", "password": "midnight train to georgia", "remember": True}
MONTH = 30 * 24 * 3600


def test_it_is_an_access_token_of_a_month_and_outlives_the_sign_out(server: Server) -> None:
    tab = Tab(server)
    tab.post("/api/signup", json=ADA)
    tab.post("/api/signin", json=ADA)
    month = access_tokens.issue(1, server.settings.secret, MONTH)
    colleague = Tab(server, {server.settings.cookie.name: month})
    assert colleague.get("/api/me").status_code == 200
    tab.post("/api/signout")
    assert colleague.get("/api/me").status_code == 200


def test_ours_is_worth_nothing_but_at_its_door_beside_its_access_token(server: Server) -> None:
    tab = Tab(server)
    tab.post("/api/signup", json=ADA)
    tab.post("/api/signin", json=ADA)
    access, refresh = server.settings.cookie.name, server.settings.refresh_cookie.name
    assert Tab(server, {access: tab.cookies[refresh]}).get("/api/me").status_code == 401
    assert Tab(server, {refresh: tab.cookies[refresh]}).post("/api/refresh").status_code == 401
    assert tab.post("/api/refresh").status_code == 200
