"""The model browser's reasons, sources, tables, and its errors for wrong arguments."""

import pytest

from classroom.browser_model import PROFILES, Browser, Decisions

SHOP, EVIL = "http://shop.localhost:1", "http://evil.localhost:2"


def shown(thing: object) -> tuple[str, str]:
    """Return the text and the HTML that a notebook gets, once the text is found equal to repr."""
    bundle = thing._repr_mimebundle_()
    assert bundle["text/plain"] == repr(thing)
    return bundle["text/plain"], bundle["text/html"]


def test_each_decision_says_verdict_name_reason_and_source() -> None:
    browser = Browser("chromium")
    line = "__Host-t=1; Path=/; Secure; Domain=shop.localhost"
    assert repr(browser.receive(SHOP, line)) == (
        "blocked  __Host-t  it has a Domain attribute; the name __Host- forbids one "
        "(RFC 6265bis draft 22 §4.1.3.2)"
    )
    browser.receive(SHOP, ["u=1", "l=1; SameSite=Lax"])
    text, _ = shown(browser.request(SHOP, "POST", kind="form", initiator=EVIL))
    assert text.splitlines() == [
        "Cookie: u=1",
        "sent     u  no SameSite and at most two minutes old: a cross-site top-level POST still "
        "carries it (Chromium's two-minute exception: measured, see data/browser-truth.json)",
        "blocked  l  SameSite=Lax: a cross-site top-level POST does not carry it "
        "(RFC 6265bis draft 22 §5.6.7.1)",
    ]


def test_a_stored_cookie_says_how_its_line_was_read() -> None:
    stored = Browser("firefox").receive(f"{SHOP}/api/x", ["a=1; Max-Age=8h", "b=1; Max-Age=28800"])
    sentence = stored.about("a").reason.sentence
    assert sentence == (
        "for shop.localhost only, paths from /api; its Max-Age cannot be read, so until the "
        "browser closes; no SameSite, and Firefox takes that for None"
    )
    assert "for 8 h" in stored.about("b").reason.sentence
    with pytest.raises(LookupError, match="named 'z'"):
        stored.about("z")


def test_the_jar_is_shown_as_a_table_with_what_is_left_of_each_time() -> None:
    browser = Browser("chromium")
    browser.receive(SHOP, ["a=1; Max-Age=28800; HttpOnly", "bb=2; Domain=shop.localhost; Path=/p"])
    browser.later(120)
    text, _ = shown(browser.cookies)
    assert text.splitlines() == [
        "bb=2  *.shop.localhost/p  no flags  session",
        "a=1   shop.localhost/     HttpOnly  7 h 58 min",
    ]
    assert repr(Browser().cookies) == "no cookies"


def test_a_random_value_is_shown_by_its_label() -> None:
    browser = Browser("chromium")
    value = "Zk3qX9vB2mL7tR5wY8nC1pD4sF6gH0jK"
    browser.receive(SHOP, f"sid={value}")
    for thing in (browser.cookies, browser.request(SHOP)):
        text, markup = shown(thing)
        assert value not in text
        assert "‹id-" in text
        assert f'<span class="real">{value}</span>' in markup


def test_a_hostile_name_and_value_stay_text() -> None:
    browser = Browser("chromium")
    browser.receive(SHOP, "<script>x=<img src=x onerror=alert(1)>")
    for thing in (browser.cookies, browser.request(SHOP), browser.history):
        assert "<script" not in shown(thing)[1]
        assert "<img" not in shown(thing)[1]


def test_long_lists_end_after_twenty_lines_with_a_note() -> None:
    browser = Browser("chromium")
    taken = browser.receive(SHOP, [f"c{number}=1" for number in range(200)])
    for thing in (taken, browser.cookies, browser.request(SHOP)):
        text, markup = shown(thing)
        assert len(text.splitlines()) <= 20
        assert "… and " in text
        assert "… and " in markup


def test_nothing_to_decide_is_said_in_words() -> None:
    assert shown(Decisions())[0] == "nothing to decide"
    assert repr(Browser().request(SHOP)) == "no Cookie header"


def test_the_history_holds_what_a_script_caused_as_well() -> None:
    browser = Browser("chromium")
    for number in range(181):
        browser.set_from_script(SHOP, f"c{number}=1")
    assert browser.history.about("c0").verdict == "evicted"
    browser.receive(SHOP, "brief=1; Max-Age=5")
    assert [(one.verdict, one.name) for one in browser.later(5)] == [("expired", "brief")]


def test_an_error_for_a_wrong_name_lists_the_right_ones() -> None:
    with pytest.raises(ValueError, match="firefox-tcp-off"):
        Browser("netscape")
    with pytest.raises(ValueError, match="partitioned"):
        Browser("chromium", third_party_cookies="some")
    with pytest.raises(ValueError, match="reload-by-user"):
        Browser().request(SHOP, kind="teleport")
    with pytest.raises(ValueError, match="say initiator"):
        Browser().request(SHOP, kind="fetch")
    with pytest.raises(ValueError, match="include"):
        Browser().request(SHOP, kind="fetch", initiator=SHOP, credentials="yes")
    with pytest.raises(ValueError, match="begins with http:// or https://"):
        Browser().receive("trax", "TRAX=ada")
    assert {Browser("chromium").profile.name, Browser("firefox").profile.name} < set(PROFILES)
