"""A form of another site, sent by Ada's browser to a route that asks for nothing but her cookie.

HttpOnly is on throughout. Left out: what a server can check by itself (test_csrf.py).
"""

from collections.abc import Iterator

import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from classroom.browser_model import LiveBrowser
from classroom.server.server import Server
from minisrv.auth.current_user import current_user
from minisrv.routes.signup import host_cookie
from minisrv.settings import CookieSettings

BOTH = pytest.mark.parametrize("engine", ["chromium", "firefox"])
ADA = {"email": "ada@trax.test", "password": "midnight train to georgia"}


async def delete_all(request: Request) -> Response:
    """Delete the playlists of the one who is signed in, by any method."""
    return JSONResponse({"deleted those of": (await current_user(request)).email})


@pytest.fixture
def stop() -> Iterator[None]:
    yield
    if Server.current:
        Server.current.stop()


def forged(same_site: str, engine: str, method: str = "POST", **asked: str) -> int:
    """Return the status of a request by which a page of evil.localhost uses Ada's session."""
    cookie = CookieSettings(same_site=same_site)
    server = Server(bcrypt_cost=4, cookie=cookie)
    server.plug("signup", host_cookie)
    server.plug("playlists", delete_all)
    site, browser = server.url.replace("127.0.0.1", "trax.localhost"), LiveBrowser(engine)
    own = {"kind": "fetch", "initiator": site}
    browser.fetch(site + "/api/signup", "POST", json=ADA, **own)
    assert browser.cookies[0].http_only
    assert browser.fetch(site + "/api/playlists", "POST", **own).response.status_code == 200
    asked = {"kind": "form", "initiator": "http://evil.localhost/", **asked}
    return browser.fetch(site + "/api/playlists", method, **asked).response.status_code


@BOTH
def test_a_forged_form_deletes_in_spite_of_http_only(stop: None, engine: str) -> None:
    assert forged("none", engine) == 200


@BOTH
@pytest.mark.parametrize("same_site", ["lax", "strict"])
def test_a_forged_form_carries_no_lax_and_no_strict_cookie(
    stop: None, engine: str, same_site: str
) -> None:
    assert forged(same_site, engine) == 401


@BOTH
def test_a_link_carries_a_lax_cookie_and_no_strict_one(stop: None, engine: str) -> None:
    assert forged("lax", engine, "GET", kind="link") == 200
    assert forged("strict", engine, "GET", kind="link") == 401


@BOTH
def test_a_form_of_a_sibling_carries_even_a_strict_cookie(stop: None, engine: str) -> None:
    assert forged("strict", engine, initiator="http://blog.trax.localhost/") == 200
