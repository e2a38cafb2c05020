"""The Set-Cookie line that the server sends, attribute by attribute."""

import time

import pytest

from classroom.browser_model import parse, set_cookie_lines
from minisrv.settings import CookieSettings
from tests.support.live import Live, serve, settings_of_tests
from tests.support.visitor import Visitor


def line(visitor: Visitor) -> str:
    (only,) = set_cookie_lines(visitor.signs_up())
    return only


def test_the_cookie_has_every_attribute_and_no_other(server: Live) -> None:
    name_and_value, *attributes = line(Visitor(server)).split("; ")
    assert name_and_value.startswith("__Host-TRAX_ACCESS_TOKEN=ey")
    assert sorted(attributes) == ["HttpOnly", "Max-Age=28800", "Path=/", "SameSite=lax", "Secure"]


def test_sign_in_sets_the_same_cookie(server: Live) -> None:
    ada = Visitor(server)
    at_sign_up = line(ada).split("; ")[1:]
    (at_sign_in,) = set_cookie_lines(ada.signs_in())
    assert at_sign_in.split("; ")[1:] == at_sign_up


def test_the_cookie_lasts_as_long_as_the_token() -> None:
    with serve(settings_of_tests(session_seconds=600)) as server:
        assert parse(line(Visitor(server))).get("max-age") == "600"


def test_a_cookie_is_taken_as_it_is_and_the_last_of_a_name_counts(server: Live) -> None:
    ada = Visitor(server)
    ada.signs_up()
    name, token = server.settings.cookie.name, ada.token

    def status(cookie: str) -> int:
        return ada.sends("GET", "/api/me", headers={"Cookie": cookie}).status_code

    assert status(f"a=b;{name}={token} ; c") == status(f"{name}=x; {name}={token}") == 200
    assert status(f"{name}={token}; {name}=x") == status(f'{name}="{token}"') == 401
    assert status(f"{name.lower()}={token}") == status(token) == status(";=;") == 401


def test_a_cookie_full_of_quotes_takes_no_time(server: Live) -> None:
    quotes = '"' + '\\"' * 30_000 + '"'  # four seconds where the standard library undoes them
    cookie = f"{server.settings.cookie.name}={quotes}"
    head = f"GET /api/me HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n\r\n".encode()
    before = time.process_time()  # the work of this process, however busy the machine is
    assert server.says(head, timeout=60).status in (400, 401)
    assert time.process_time() - before < 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"secure": False},
        {"path": "/api"},
        {"same_site": "laxx"},
        {"name": "t", "same_site": "none", "secure": False},
        {"name": "__Secure-t", "secure": False},
    ],
)
def test_a_cookie_that_browsers_would_drop_is_refused_at_the_start(wrong: dict) -> None:
    with pytest.raises(ValueError):
        CookieSettings(**wrong)
