"""The model browser inside of a check: its cookies, its headers, and what it says afterwards."""

import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from classroom.checking.browser_visit import BrowserVisit
from classroom.checking.visit import visiting
from classroom.server.server import Server
from tests.support.lesson_server import server as server

ADA = {"email": "ada@trax.test", "password": "midnight train to georgia"}


@pytest.mark.parametrize("engine", ["chromium", "firefox"])
def test_it_signs_up_comes_back_and_signs_out_as_a_browser_does(
    server: Server, engine: str
) -> None:
    with visiting(server.running, "signup") as visit:
        browser = BrowserVisit(visit, engine)
        assert browser.send("/api/signup", "POST", json=ADA).status == 201
        assert browser.why.startswith(f"{browser.profile.engine} stored it (")
        back = browser.send("/api/me")
        assert back.json()["email"] == ADA["email"]
        assert dict(back.request_headers)["sec-fetch-site"] == "same-origin"
        assert dict(back.request_headers)["host"] == "trax.localhost"
        browser.send("/api/signout", "POST")
        assert not browser.cookies and browser.send("/api/me").status == 401


def test_it_obeys_clear_site_data_and_says_when_nothing_came(server: Server) -> None:
    async def signout(request: Request) -> Response:
        return JSONResponse({}, headers={"Clear-Site-Data": '"cookies"'})

    server.plug("signout", signout)
    with visiting(server.running, "signout") as visit:
        browser = BrowserVisit(visit)
        browser.send("/health")
        assert browser.why == "Chromium received no Set-Cookie"
        browser.send("/api/signup", "POST", json=ADA)
        browser.send("/api/signout", "POST")
        assert not browser.cookies and "removed" in browser.why


def test_a_foreign_page_is_seen_as_one(server: Server) -> None:
    with visiting(server.running, "signup") as visit:
        browser = BrowserVisit(visit)
        evil = {"kind": "form", "initiator": "http://evil.localhost/"}
        assert browser.send("/api/signup", "POST", json=ADA, **evil).status == 403
