"""The model browser and a full jar, and Clear-Site-Data: what other hosts of a site can remove.

The findings are those of data/README.md, "browser-truth.json".
"""

import pytest

from classroom.browser_model import Browser

BOTH = ("chromium", "firefox")
SHOP, BLOG, DEEP = (f"http://{name}shop.localhost:1" for name in ("", "blog.", "a.blog."))
EVIL, BANK = "http://evil.localhost:1", "http://bank.test"


def many(name: str, number: int, attributes: str = "") -> list[str]:
    """Return so many Set-Cookie lines: name0, name1 and so on."""
    return [f"{name}{place}=1; Path=/{attributes}" for place in range(number)]


def counted(browser: Browser) -> dict[str, int]:
    """Return how many cookies there are with and without Secure."""
    secure = sum(cookie.secure for cookie in browser.cookies)
    return {"secure": secure, "plain": len(browser.cookies) - secure}


@pytest.mark.parametrize("name", BOTH)
@pytest.mark.parametrize(
    ("set_", "kept"), [(179, 179), (180, 180), (181, 150), (182, 151), (200, 169), (250, 157)]
)
def test_the_181st_cookie_of_a_site_cuts_it_to_150(name: str, set_: int, kept: int) -> None:
    one_host, two_hosts = Browser(name), Browser(name)
    one_host.receive(SHOP, many("c", set_))
    two_hosts.receive(SHOP, many("c", 100))
    two_hosts.receive(BLOG, many("d", set_ - 100))
    assert len(one_host.cookies) == len(two_hosts.cookies) == kept
    assert one_host.cookies.names[-1] == f"c{set_ - 1}"


@pytest.mark.parametrize("name", BOTH)
def test_other_sites_and_separate_jars_have_a_limit_of_their_own(name: str) -> None:
    browser = Browser(name)
    browser.receive(SHOP, many("c", 180))
    browser.receive(EVIL, many("d", 180))
    browser.receive(SHOP, many("p", 180, "; Secure; SameSite=None; Partitioned"))
    assert len(browser.cookies) == 3 * 180


@pytest.mark.parametrize("name", BOTH)
@pytest.mark.parametrize(("attributes", "stays"), [("", True), ("; Secure", False)])
def test_a_sibling_evicts_a_host_cookie_by_its_own_secure_ones(
    name: str, attributes: str, stays: bool
) -> None:
    browser = Browser(name)
    browser.receive(SHOP, "__Host-t=1; Path=/; Secure; HttpOnly")
    decisions = browser.receive(BLOG, many("c", 200, attributes))
    assert ("__Host-t" in browser.cookies.names) is stays
    if not stays:
        assert decisions.about("__Host-t").verdict == "evicted"
        assert "its site has more than 180" in str(decisions.about("__Host-t").reason)


@pytest.mark.parametrize(
    ("first", "then", "chromium", "firefox"),
    [
        (("plain", 100), ("secure", 100), (100, 69), (100, 69)),
        (("secure", 100), ("plain", 100), (100, 69), (100, 69)),
        (("secure", 180), ("secure", 1), (150, 0), (150, 0)),
        (("plain", 10), ("secure", 171), (150, 0), (171, 0)),
        (("secure", 170), ("plain", 11), (150, 0), (170, 1)),
        (("secure", 180), ("plain", 1), (150, 0), (180, 0)),
        (("secure", 180), ("plain", 3), (150, 2), (180, 0)),
    ],
)
def test_where_plain_cookies_are_too_few_chromium_evicts_secure_ones_and_firefox_none(
    first: tuple[str, int],
    then: tuple[str, int],
    chromium: tuple[int, int],
    firefox: tuple[int, int],
) -> None:
    for name, (secure, plain) in (("chromium", chromium), ("firefox", firefox)):
        browser = Browser(name)
        for place, (kind, number) in enumerate((first, then)):
            attributes = "; Secure" if kind == "secure" else ""
            browser.receive(SHOP, many(f"{kind}-{place}-", number, attributes))
        assert counted(browser) == {"secure": secure, "plain": plain}


def test_firefox_says_that_a_jar_of_secure_cookies_is_full() -> None:
    browser = Browser("firefox")
    browser.receive(SHOP, many("c", 180, "; Secure"))
    refused = browser.receive(SHOP, "late=1")[0]
    assert (refused.verdict, "all Secure" in refused.reason.sentence) == ("blocked", True)
    assert browser.receive(SHOP, "c0=2; Path=/; Secure")[0].verdict == "stored"


@pytest.mark.parametrize("name", BOTH)
@pytest.mark.parametrize(("seconds", "stays"), [(0, False), (60, False), (61, True)])
def test_a_use_within_a_minute_of_the_last_one_saves_no_cookie(
    name: str, seconds: int, stays: bool
) -> None:
    browser = Browser(name)
    browser.receive(SHOP, ["read=1; Path=/read", "other=1; Path=/other"])
    browser.receive(SHOP, many("c", 100, "; Path=/p"))
    browser.later(seconds)
    browser.request(f"{SHOP}/read")
    browser.receive(SHOP, many("d", 100, "; Path=/p"))
    assert ("read" in browser.cookies.names) is stays
    assert "other" not in browser.cookies.names


@pytest.mark.parametrize("name", BOTH)
def test_a_cookie_that_is_set_again_counts_as_used(name: str) -> None:
    browser = Browser(name)
    browser.receive(SHOP, ["same=1", "changed=1", *many("c", 100)])
    browser.receive(SHOP, ["same=1", "changed=2", *many("d", 100)])
    assert {"same", "changed"} <= set(browser.cookies.names)


# Cookies by the host that sets them; Domain= makes some of them the sub-domains' as well.
FAMILY = {
    SHOP: ["own=1", "family=1; Domain=shop.localhost", "part=1; Secure; Partitioned"],
    BLOG: ["blog=1", "up=1; Domain=shop.localhost", "below=1; Domain=blog.shop.localhost"],
    DEEP: ["deep=1"],
    EVIL: ["evil=1"],
}


@pytest.mark.parametrize(
    ("url", "in_firefox"),
    [(SHOP, "own family up"), (BLOG, "blog below"), (DEEP, "deep"), (EVIL, "evil")],
)
def test_clear_site_data_empties_the_site_in_chromium_and_the_host_in_firefox(
    url: str, in_firefox: str
) -> None:
    in_chromium = "evil" if url == EVIL else "own family part blog up below deep"
    for name, removed in (("chromium", in_chromium), ("firefox", in_firefox)):
        browser = Browser(name)
        for place, lines in FAMILY.items():
            browser.receive(place, lines)
        gone = browser.clear_site_data(url)
        assert sorted(one.name for one in gone) == sorted(removed.split())
        assert len(browser.cookies) == 8 - len(gone)


@pytest.mark.parametrize("name", BOTH)
def test_clear_site_data_is_ignored_over_plain_http_to_an_ordinary_host(name: str) -> None:
    browser = Browser(name)
    browser.receive(BANK, "u=1")
    assert browser.clear_site_data(BANK) == ()
    assert browser.cookies.names == ["u"]
