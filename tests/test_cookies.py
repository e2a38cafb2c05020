"""The Set-Cookie line, attribute by attribute, as it leaves the server."""

import pytest
from actor import Visitor, morsel, set_cookies
from live import Live, serve, settings_of_tests

from minisrv.settings import CookieSettings


def line(visitor: Visitor) -> str:
    (only,) = set_cookies(visitor.signs_up())
    return only


def test_the_cookie_has_every_attribute_and_no_other(server: Live) -> None:
    name_and_value, *attributes = line(Visitor(server)).split("; ")
    assert name_and_value.startswith("__Host-TRAX_ACCESS_TOKEN=ey")
    assert sorted(attributes) == ["HttpOnly", "Max-Age=28800", "Path=/", "SameSite=lax", "Secure"]


def test_sign_in_sets_the_same_cookie(server: Live) -> None:
    ada = Visitor(server)
    at_sign_up = line(ada).split("; ")[1:]
    (at_sign_in,) = set_cookies(ada.signs_in())
    assert at_sign_in.split("; ")[1:] == at_sign_up


def test_the_cookie_lasts_as_long_as_the_token() -> None:
    with serve(settings_of_tests(session_seconds=600)) as server:
        assert morsel(line(Visitor(server)))["max-age"] == "600"


@pytest.mark.parametrize(
    "wrong",
    [
        {"secure": False},
        {"path": "/api"},
        {"same_site": "laxx"},
        {"name": "t", "same_site": "none", "secure": False},
    ],
)
def test_a_cookie_that_browsers_would_drop_is_refused_at_the_start(wrong: dict) -> None:
    with pytest.raises(ValueError):
        CookieSettings(**wrong)
