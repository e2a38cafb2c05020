"""The model browser and how long a cookie lives, against what both browsers were seen to do.

The findings are those of data/README.md, "browser-truth.json". Left out: eviction.
"""

import pytest

from classroom.browser_model import Browser

BOTH = ("chromium", "firefox")
URL = "http://shop.localhost:8000/"
DAY = 86400


def left(name: str, attributes: str, url: str = URL) -> float | None:
    """Return how many seconds a cookie with these attributes has got; None is a session."""
    browser = Browser(name)
    browser.receive(url, f"c=1; {attributes}")
    (cookie,) = browser.cookies
    return None if cookie.expires is None else cookie.expires - browser.now


@pytest.mark.parametrize("name", BOTH)
@pytest.mark.parametrize(
    ("attributes", "seconds"),
    [
        ("Max-Age=3600", 3600),
        ("Max-Age=28800000", 28800000),
        ("Max-Age=604800000", 400 * DAY),
        ("Max-Age=63072000", 400 * DAY),
        ("Max-Age=" + "9" * 20, 400 * DAY),
        ("Expires=Thu, 23 Nov 2028 12:00:00 GMT", 400 * DAY),
        ("Expires=Mon, 23 Nov 2026 13:00:00 GMT", 3600),
        ("Max-Age=60; Expires=Mon, 23 Nov 2026 13:00:00 GMT", 60),
        ("Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT", 60),
        ("Max-Age=8h; Expires=Mon, 23 Nov 2026 13:00:00 GMT", 3600),
    ],
)
def test_the_lifetime_is_counted_in_seconds_and_capped_at_400_days(
    name: str, attributes: str, seconds: int
) -> None:
    assert left(name, attributes) == seconds


@pytest.mark.parametrize("name", BOTH)
@pytest.mark.parametrize(
    "attributes",
    ["Max-Age=abc", "Max-Age=1.5", "Max-Age=8h", "Max-Age=3600s", 'Max-Age="3600"', "Max-Age="]
    + ["Max_Age=3600", "Expires=2027-01-01T00:00:00Z", "Expires=soon", ""],
)
def test_an_unreadable_lifetime_makes_a_session_cookie(name: str, attributes: str) -> None:
    assert left(name, attributes) is None


def test_a_plus_sign_is_a_number_to_chromium_and_nothing_to_firefox() -> None:
    assert left("chromium", "Max-Age=+3600") == 3600
    assert left("firefox", "Max-Age=+3600") is None


@pytest.mark.parametrize("name", BOTH)
@pytest.mark.parametrize(
    "ending", ["Max-Age=0", "Max-Age=-1", "Expires=Thu, 01 Jan 1970 00:00:00 GMT"]
)
def test_a_time_in_the_past_removes_the_cookie_of_the_same_path(name: str, ending: str) -> None:
    browser = Browser(name)
    browser.receive(URL, "keep=1; Path=/p")
    assert browser.receive(URL, f"keep=; Path=/; {ending}")[0].verdict == "ignored"
    assert browser.cookies.names == ["keep"]
    assert browser.receive(URL, f"keep=; Path=/p; {ending}")[0].verdict == "removed"
    assert browser.cookies.names == []


@pytest.mark.parametrize("name", BOTH)
def test_signing_out_with_a_prefixed_name_needs_secure_as_well(name: str) -> None:
    browser = Browser(name)
    browser.receive(URL, "__Host-t=1; Path=/; Secure")
    assert browser.receive(URL, '__Host-t=""; Path=/; Max-Age=0')[0].verdict == "blocked"
    assert browser.cookies.names == ["__Host-t"]
    browser.receive(URL, '__Host-t=""; Path=/; Max-Age=0; Secure')
    assert browser.cookies.names == []


@pytest.mark.parametrize("name", BOTH)
@pytest.mark.parametrize("digits", [1, 20, 309, 400, 1023])
def test_a_negative_max_age_of_any_length_expires_at_once(name: str, digits: int) -> None:
    browser = Browser(name)
    browser.receive(URL, "c=1")
    assert browser.receive(URL, "c=1; Max-Age=-" + "9" * digits)[0].verdict == "removed"
    assert browser.cookies.names == []
