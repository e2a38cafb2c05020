"""A token that was renewed a moment ago is sent with a forged form like any other."""

import pytest

from classroom.attacks.text_plain_form import text_plain_form
from classroom.browser_model import LiveBrowser
from classroom.server.server import Server
from classroom.weak_routes.playlists import unguarded
from classroom.weak_routes.route_decorators import same_site
from minisrv.routes.playlists import playlists
from minisrv.routes.refresh import refresh
from minisrv.routes.signin import signin
from tests.support.lesson_server import server as server

ADA = {"email": "ada@trax.test", "password": "midnight train to georgia", "remember": True}


@pytest.mark.parametrize("engine", ["chromium", "firefox"])
@pytest.mark.parametrize(
    ("value", "route", "status"),
    [("None", unguarded, 201), ("None", playlists, 403), ("Lax", unguarded, 401)],
)
def test_what_helps_is_to_ask_who_started_it(
    server: Server, engine: str, value: str, route, status: int
) -> None:
    home = f"http://trax.localhost:{server.settings.port}/"
    server.plug("signin", same_site(signin, value))
    server.plug("refresh", same_site(refresh, value))
    server.plug("playlists", route)
    browser, page = LiveBrowser(engine), {"kind": "fetch", "initiator": home}
    for path in ("api/signup", "api/signin", "api/refresh"):
        assert browser.fetch(home + path, "POST", json=ADA, **page).response.ok
    body, _ = text_plain_form({"name": "Mallory was here"})
    form = {"kind": "form", "initiator": "http://evil.localhost/", "data": body}
    form |= {"headers": {"Content-Type": "text/plain"}}
    answer = browser.fetch(home + "api/playlists", "POST", **form)
    assert answer.response.status_code == status
    assert len(server.rows("playlists")) == (1 if status == 201 else 0)
