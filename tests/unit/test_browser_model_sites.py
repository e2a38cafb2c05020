"""The model browser between sites: embedded pages, forms, and the two minutes.

The findings are those of data/README.md, "browser-truth.json". Left out:
redirects (test_browser_model_redirects.py).
"""

import pytest

from classroom.browser_model import Browser

BOTH = ("chromium", "firefox")
SHOP, EVIL = "http://shop.localhost:1", "http://evil.localhost:2"
BLOG = "http://blog.shop.localhost:2"
FOUR = ["u=1", "l=1; SameSite=Lax", "s=1; SameSite=Strict", "n=1; SameSite=None; Secure"]
ALL = [*FOUR, "f=1; SameSite=Foo", "p=1; SameSite=None; Secure; Partitioned"]
EMBEDDED = [
    {"kind": "fetch", "credentials": "include"},
    {"kind": "image"},
    {"kind": "iframe"},
    {"kind": "document.cookie", "initiator": SHOP, "inside": (EVIL,)},
]


@pytest.mark.parametrize("how", EMBEDDED, ids=lambda how: how["kind"])
@pytest.mark.parametrize(
    ("name", "seen_there", "seen_later"),
    [
        ("chromium-debian-default", "p", ""),
        ("chromium-3pc-allowed", "np", "n"),
        ("firefox-default", "unfp", ""),
        ("firefox-tcp-off", "unfp", "unf"),
    ],
)
def test_which_cookies_an_embedded_response_of_another_site_may_set(
    name: str, seen_there: str, seen_later: str, how: dict
) -> None:
    browser = Browser(name)
    browser.receive(SHOP, ALL, **({"initiator": EVIL} | how))
    inside = browser.request(SHOP, kind="fetch", initiator=SHOP, inside=(EVIL,))
    assert "".join(sorted(inside.names)) == "".join(sorted(seen_there))
    assert "".join(sorted(browser.request(SHOP).names)) == "".join(sorted(seen_later))


@pytest.mark.parametrize("name", ["chromium-debian-default", "firefox-default"])
def test_a_response_to_a_cross_site_form_may_set_everything_strict_included(name: str) -> None:
    browser = Browser(name)
    browser.receive(SHOP, ALL, method="POST", kind="form", initiator=EVIL)
    assert sorted(browser.request(SHOP).names) == sorted("ulsnfp")


@pytest.mark.parametrize("name", BOTH)
def test_a_fetch_of_a_sibling_stores_cookies_only_with_credentials_include(name: str) -> None:
    for mode, kept in (("include", 6), ("same-origin", 0), ("omit", 0)):
        browser = Browser(name)
        browser.receive(SHOP, ALL, kind="fetch", initiator=BLOG, credentials=mode)
        assert len(browser.cookies) == kept
    browser.receive(SHOP, ALL, kind="fetch", initiator=SHOP, credentials="omit")
    assert len(browser.cookies) == 0


@pytest.mark.parametrize("name", ["chromium-3pc-allowed", "firefox-default"])
def test_a_page_framed_by_a_foreign_page_that_it_frames_counts_as_cross_site(name: str) -> None:
    browser = Browser(name)
    browser.receive(SHOP, ALL)
    sent = browser.request(SHOP, kind="fetch", initiator=SHOP, inside=(SHOP, EVIL)).names
    assert sent == {"chromium-3pc-allowed": ["n"], "firefox-default": []}[name]


@pytest.mark.parametrize(("age", "sent"), [(2, "un"), (111, "un"), (126, "n"), (151, "n")])
def test_chromium_sends_a_cookie_without_same_site_with_a_post_for_two_minutes(
    age: int, sent: str
) -> None:
    for name, expected in (("chromium", sent), ("firefox", "un")):
        browser = Browser(name)
        browser.receive(SHOP, FOUR)
        browser.later(age)
        post = browser.request(SHOP, "POST", kind="form", initiator=EVIL)
        assert "".join(post.names) == expected


def test_the_two_minutes_begin_again_only_when_the_value_changes() -> None:
    browser = Browser("chromium")
    browser.receive(SHOP, ["same=1", "changed=1"])
    browser.later(100)
    browser.receive(SHOP, ["same=1", "changed=2"])
    browser.later(28)
    assert browser.request(SHOP, "POST", kind="form", initiator=EVIL).names == ["changed"]


@pytest.mark.parametrize("name", BOTH)
def test_a_sibling_tosses_a_cookie_unless_the_name_forbids_it(name: str) -> None:
    browser, app, evil = Browser(name), "http://app.localhost:1/", "http://evil.app.localhost:2/"
    browser.receive(app, ["t=VICTIM; HttpOnly; SameSite=Lax", "__Host-t=VICTIM; Secure; Path=/"])
    browser.receive(evil, "t=ATTACKER; Domain=app.localhost")
    tossed = browser.receive(evil, "__Host-t=ATTACKER; Secure; Path=/; Domain=app.localhost")
    assert browser.request(app).cookie_header == "t=VICTIM; __Host-t=VICTIM; t=ATTACKER"
    assert tossed.about("__Host-t").reason.sentence == (
        "it has a Domain attribute; the name __Host- forbids one"
    )
