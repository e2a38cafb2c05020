"""The model browser and odd Set-Cookie lines, which Chromium and Firefox read differently.

The findings are those of data/README.md, "browser-truth.json". Left out: dates
(test_browser_model_dates.py).
"""

import pytest
from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as st

from classroom.browser_model import Browser

BOTH = ("chromium", "firefox")
SHOP, DAY = "http://shop.localhost:1", 86400
GOOD_DATE = "Expires=Mon, 23 Nov 2026 13:00:00 GMT"  # in an hour
LONG = "x" * 1025


def kept(name: str, *lines: str, url: str = SHOP) -> str | None:
    """Return the Cookie header after these lines, or None if the browser keeps none of them."""
    browser = Browser(name)
    browser.receive(url, list(lines))
    return browser.request(url).cookie_header or None


def left(name: str, *attributes: str) -> float | None | str:
    """Return how many seconds a cookie has got: None is a session, "expired" an expired cookie."""
    browser = Browser(name)
    browser.receive(SHOP, "; ".join(["c=1", *attributes]))
    if not browser.cookies:
        return "expired"
    ends = browser.cookies[0].expires
    return None if ends is None else ends - browser.now


@pytest.mark.parametrize(
    ("line", "chromium", "firefox"),
    [
        ("token", "token", "token="),
        ("token ; Path=/", "token", "token="),
        ("=token", "token", None),
        ("= token", "token", None),
        ("=a=b", None, None),
        ("===a", None, None),
        ("==", None, None),
        ("=__Secure-x; Secure", None, None),
        ("__Secure-x; Secure", None, "__Secure-x="),
        ("__Secure-x", None, None),
        ("__Host-x; Secure; Path=/", None, "__Host-x="),
        ("a=", "a=", "a="),
    ],
)
def test_a_line_without_a_name_or_without_a_value(
    line: str, chromium: str | None, firefox: str | None
) -> None:
    assert [kept(name, line) for name in BOTH] == [chromium, firefox]


def test_nameless_cookies_replace_each_other_in_chromium_only() -> None:
    assert [kept(name, "one", "two", "=three") for name in BOTH] == ["three", "one=; two="]


def test_firefox_says_that_a_name_is_missing() -> None:
    reason = Browser("firefox").receive(SHOP, "=token")[0].reason
    assert reason.sentence == "it has no name, and Firefox demands one"


@pytest.mark.parametrize(
    "line", ["a=1\t2", "a\tb=1", "a=1; Sec\ture", "a=1; Path=/x\ty; Path=/", "a=1; Max-Age=1\t0"]
)
def test_a_tab_inside_is_a_control_character_to_chromium_only(line: str) -> None:
    assert kept("chromium", line) is None
    assert kept("firefox", line) is not None


@pytest.mark.parametrize("name", BOTH)
def test_tabs_around_names_and_values_do_not_count(name: str) -> None:
    assert kept(name, "a\t=\t1\t; \tPath\t=\t/\t") == "a=1"


@pytest.mark.parametrize("name", BOTH)
@pytest.mark.parametrize(
    ("attributes", "seconds"),
    [
        (["Max-Age=60", "Max-Age=abc"], None),
        (["Max-Age=60", "Max-Age="], None),
        (["Max-Age=60", "Max-Age"], None),
        (["Max-Age=-1", "Max-Age=abc"], None),
        (["Max-Age=abc", "Max-Age=60"], 60),
        (["Max-Age=60", f"Max-Age={LONG}"], 60),
        (["Max-Age=60", "Max-Age=abc", GOOD_DATE], 3600),
        (["Max-Age=", GOOD_DATE], 3600),
        ([GOOD_DATE, "Expires=junk"], None),
        ([GOOD_DATE, "Expires"], None),
        ([GOOD_DATE, f"Expires={LONG}"], 3600),
    ],
)
def test_the_last_lifetime_counts_even_if_it_cannot_be_read(
    name: str, attributes: list[str], seconds: int | None
) -> None:
    assert left(name, *attributes) == seconds


@pytest.mark.parametrize("name", BOTH)
@pytest.mark.parametrize("last", ["Path=", "Path", "Path=x"])
def test_the_last_path_counts_even_if_it_is_none(name: str, last: str) -> None:
    browser = Browser(name)
    browser.receive(f"{SHOP}/q/x", f"c=1; Path=/p; {last}")
    assert browser.cookies[0].path == "/q"


@pytest.mark.parametrize("value", ["-", "--1", "-+1", "-abc", "- 1", "-1.5"])
def test_whatever_begins_with_a_minus_has_expired_in_firefox_only(value: str) -> None:
    assert [left(name, f"Max-Age={value}") for name in BOTH] == [None, "expired"]


@pytest.mark.parametrize("name", BOTH)
@pytest.mark.parametrize(
    ("value", "seconds"),
    [("-0", "expired"), ("00", "expired"), ("007", 7), ("1_0", None), ("١", None)],
)
def test_max_age_is_ascii_digits(name: str, value: str, seconds: object) -> None:
    assert left(name, f"Max-Age={value}") == seconds


def test_a_flag_of_more_than_1024_bytes_counts_in_firefox_only() -> None:
    for name, flags in (("chromium", "SameSite=Lax"), ("firefox", "Secure HttpOnly")):
        browser = Browser(name)
        browser.receive(SHOP, f"a=1; Secure={LONG}; HttpOnly={LONG}; SameSite=Lax; SameSite={LONG}")
        assert browser.cookies[0].flags == flags


@pytest.mark.parametrize("name", BOTH)
def test_a_domain_or_path_of_more_than_1024_bytes_does_not_count(name: str) -> None:
    browser = Browser(name)
    browser.receive(SHOP, f"a=1; Domain=shop.localhost; Domain={LONG}; Path=/p; Path=/{LONG}")
    assert [(one.host_only, one.path) for one in browser.cookies] == [(False, "/p")]


def test_firefox_refuses_a_default_path_of_more_than_1024_bytes() -> None:
    longest, longer = f"{SHOP}/{'p' * 1023}/x", f"{SHOP}/{'p' * 1024}/x"
    assert [kept(name, "a=1", url=longest) for name in BOTH] == ["a=1", "a=1"]
    assert [kept(name, "a=1", url=longer) for name in BOTH] == ["a=1", None]
    assert [kept(name, "a=1; Path=/", url=longer) for name in BOTH] == ["a=1", "a=1"]


@pytest.mark.parametrize("name", BOTH)
def test_a_path_with_a_tab_inside_is_refused(name: str) -> None:
    assert Browser(name).receive(SHOP, "a=1; Path=/p\tq")[0].verdict == "blocked"


@pytest.mark.parametrize("name", BOTH)
@pytest.mark.parametrize("domain", [".", "..shop.localhost", "shop.localhost.", "shop .localhost"])
def test_a_domain_that_names_no_host_above_is_refused(name: str, domain: str) -> None:
    assert kept(name, f"a=1; Domain={domain}") is None


@pytest.mark.parametrize("name", BOTH)
def test_a_dot_at_the_end_makes_another_host(name: str) -> None:
    browser = Browser(name)
    browser.receive("http://shop.test./", ["a=1", "b=1; Domain=shop.test.", "c=1; Domain=test."])
    assert browser.request("http://shop.test./").names == ["a", "b"]
    assert browser.request("http://a.shop.test./").names == ["b"]
    assert browser.request("http://shop.test/").names == []


@pytest.mark.parametrize(
    ("secure_at", "plain_at", "chromium", "firefox"),
    [
        ("foo.test", "foo.test", "0", "0"),
        ("foo.test", "a.foo.test", "0", "01"),
        ("a.foo.test", "foo.test", "0", "01"),
        ("a.foo.test", "b.foo.test", "01", "01"),
    ],
)
def test_a_host_only_secure_cookie_guards_names_above_and_below_in_chromium_only(
    secure_at: str, plain_at: str, chromium: str, firefox: str
) -> None:
    for name, values in (("chromium", chromium), ("firefox", firefox)):
        browser = Browser(name)
        browser.receive(f"https://{secure_at}/", "A=0; Path=/; Secure")
        browser.receive(f"http://{plain_at}/", "A=1; Path=/")
        assert "".join(cookie.value for cookie in browser.cookies) == values


@pytest.mark.parametrize("name", BOTH)
def test_a_secure_cookie_with_domain_guards_the_names_below(name: str) -> None:
    browser = Browser(name)
    browser.receive("https://a.foo.test/", "A=0; Path=/; Secure; Domain=foo.test")
    for url in ("http://a.foo.test/", "http://foo.test/"):
        assert browser.receive(url, "A=1; Path=/")[0].verdict == "blocked"


PARTS = ["a", "=", ";", " ", "\t", "__Host-", "token", "Path", "/", "Domain", ".", "shop.localhost"]
PARTS += ["Max-Age", "-", "9" * 400, "Expires", "1 Jan 2027 00:00:00", "Secure", "SameSite", "None"]


@pytest.mark.parametrize("url", [f"{SHOP}/p/x", "http://[::1]:1/", "https://test./"])
@tries(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PARTS) | st.text(max_size=4), max_size=20).map("".join))
def test_any_line_gets_a_decision_from_both(url: str, line: str) -> None:
    for name in BOTH:
        browser = Browser(name)
        assert browser.receive(url, line)[0].reason.sentence
        assert browser.set_from_script(url, line).reason.sentence
        assert browser.request(url).cookie_header is not None
