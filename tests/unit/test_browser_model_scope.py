"""The model browser and a cookie's flags, path, domain, size and place in the header.

The findings are those of data/README.md, "browser-truth.json". Left out: other sites.
"""

import pytest

from classroom.browser_model import Browser

BOTH = ("chromium", "firefox")
URL = "http://shop.localhost:8000/"


def stored(name: str, line: str, url: str = URL) -> bool:
    """Return True if the browser stores the cookie of a line that comes from `url`."""
    return Browser(name).receive(url, line)[0].verdict == "stored"


@pytest.mark.parametrize("name", BOTH)
def test_flags_count_by_being_there_and_the_last_same_site_wins(name: str) -> None:
    browser = Browser(name)
    browser.receive(URL, "a=1; HttpOnly=false; Secure=false; Http-Only")
    browser.receive(URL, "b=1; Http-Only; SameSite=Lax; samesite=strict")
    browser.receive(URL, "c=1; SameSite=Foo")
    flags = {cookie.name: cookie.flags for cookie in browser.cookies}
    assert flags == {"a": "Secure HttpOnly", "b": "SameSite=Strict", "c": ""}


@pytest.mark.parametrize("name", BOTH)
@pytest.mark.parametrize(
    ("attribute", "from_path", "carried", "spared"),
    [
        ("", "/api/set", ["/api", "/api/me"], ["/", "/apis", "/API"]),
        ("Path=p", "/api/set", ["/api/me"], ["/p", "/"]),
        ("Path=/p", "/", ["/p", "/p/deep"], ["/pp", "/P", "/"]),
        ("Path=/p/de", "/", ["/p/de/x"], ["/p/deep"]),
        ("Path=/", "/api/set", ["/", "/any"], []),
    ],
)
def test_a_path_covers_whole_segments_and_defaults_to_the_directory(
    name: str, attribute: str, from_path: str, carried: list[str], spared: list[str]
) -> None:
    browser = Browser(name)
    browser.receive(f"http://localhost:1{from_path}", f"c=1; {attribute}")
    sent = {path: browser.request(f"http://localhost:1{path}").names for path in carried + spared}
    assert sent == {path: ["c"] for path in carried} | {path: [] for path in spared}


@pytest.mark.parametrize("name", BOTH)
@pytest.mark.parametrize(
    ("domain", "host", "reached"),
    [
        ("", "shop.localhost", ["shop.localhost"]),
        ("Domain=shop.localhost", "shop.localhost", ["shop.localhost", "a.shop.localhost"]),
        ("Domain=.SHOP.localhost", "shop.localhost", ["shop.localhost", "a.shop.localhost"]),
        ("Domain=shop.localhost", "a.shop.localhost", ["shop.localhost", "a.shop.localhost"]),
        ("Domain=localhost", "localhost", ["localhost"]),
        ("Domain=127.0.0.1", "127.0.0.1", ["127.0.0.1"]),
        ("Domain=shop.localhost:8000", "shop.localhost", []),
        ("Domain=http://shop.localhost", "shop.localhost", []),
        ("Domain=a.shop.localhost", "shop.localhost", []),
        ("Domain=evil.localhost", "shop.localhost", []),
        ("Domain=localhost", "shop.localhost", []),
        ("Domain=test", "bank.test", []),
        ("Domain=0.0.1", "127.0.0.1", []),
    ],
)
def test_a_domain_reaches_names_below_an_owned_one_and_nothing_else(
    name: str, domain: str, host: str, reached: list[str]
) -> None:
    browser = Browser(name)
    browser.receive(f"http://{host}:1/", f"c=1; Path=/; {domain}")
    hosts = ["shop.localhost", "a.shop.localhost", "localhost", "127.0.0.1", "bank.test"]
    assert [one for one in hosts if browser.request(f"http://{one}:2/").cookie_header] == reached


@pytest.mark.parametrize("name", BOTH)
@pytest.mark.parametrize(
    ("domain", "kept"), [("", 1), ("[::1]", 1), (".[::1]", 1), ("::1", 0), ("[::2]", 0), (":1]", 0)]
)
def test_a_domain_spells_an_ipv6_address_with_brackets(name: str, domain: str, kept: int) -> None:
    browser = Browser(name)
    browser.receive("http://[::1]:1/", f"c=1; Domain={domain}; Path=/; Secure")
    assert [cookie.domain for cookie in browser.cookies] == ["[::1]"] * kept
    assert browser.request("http://[::1]:2/").names == ["c"] * kept
    assert stored(name, "__Host-c=1; Path=/; Secure; Domain=[::1]", "http://[::1]:1/")


@pytest.mark.parametrize("name", BOTH)
def test_name_and_value_may_have_4096_bytes_and_an_attribute_1024(name: str) -> None:
    assert stored(name, "n=" + "v" * 4095)
    assert not stored(name, "n=" + "v" * 4096)
    assert not stored(name, "n=" + "é" * 2048)
    browser = Browser(name)
    browser.receive(f"{URL}api/x", ["a=1; Path=/" + "p" * 1023, "b=1; Path=/" + "p" * 1024])
    assert [len(cookie.path) for cookie in browser.cookies] == [1024, len("/api")]


@pytest.mark.parametrize("name", BOTH)
def test_a_comma_does_not_separate_two_cookies(name: str) -> None:
    browser = Browser(name)
    browser.receive(URL, "a=1, b=2")
    assert browser.request(URL).cookie_header == "a=1, b=2"
    assert len(browser.cookies) == 1


@pytest.mark.parametrize("name", BOTH)
def test_a_line_that_is_no_cookie_is_blocked(name: str) -> None:
    assert not any(stored(name, line) for line in ("", "=", "; Secure", "a=1\x00b", "a=\x7f"))


def test_an_update_moves_a_changed_cookie_to_the_end_in_chromium_only() -> None:
    headers = {}
    for name in BOTH:
        browser = Browser(name)
        browser.receive(URL, ["a=1", "b=1", "c=1; Path=/p", "a=2", "b=1"])
        headers[name] = browser.request(f"{URL}p/").cookie_header
    assert headers == {"chromium": "c=1; b=1; a=2", "firefox": "c=1; a=2; b=1"}


@pytest.mark.parametrize("name", BOTH)
@pytest.mark.parametrize("url", [URL, "https://bank.test/"])
def test_partitioned_and_same_site_none_need_secure_even_over_tls(name: str, url: str) -> None:
    lines = ["a=1; Partitioned", "b=1; SameSite=None", "c=1; SameSite=None; Secure; Partitioned"]
    browser = Browser(name)
    assert [one.verdict for one in browser.receive(url, lines)] == ["blocked", "blocked", "stored"]
