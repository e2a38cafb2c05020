"""The model browser and what a script can do to cookies.

The findings are those of data/README.md, "browser-truth.json". Left out: reading
them inside frames (test_browser_model_truth.py).
"""

import pytest

from classroom.browser_model import Browser

BOTH = ("chromium", "firefox")
SHOP = "http://shop.localhost:1"


@pytest.mark.parametrize("name", BOTH)
def test_a_script_neither_reads_nor_writes_nor_removes_an_http_only_cookie(name: str) -> None:
    browser = Browser(name)
    browser.receive(SHOP, ["sid=good; HttpOnly", "seen=1"])
    assert browser.document_cookie(SHOP) == "seen=1"
    for line in ("sid=evil", "sid=; Max-Age=0", "new=1; HttpOnly", "__Http-x=1; Secure"):
        assert browser.set_from_script(SHOP, line).verdict == "blocked"
    assert browser.request(SHOP).cookie_header == "sid=good; seen=1"


@pytest.mark.parametrize("name", BOTH)
def test_a_script_shadows_an_http_only_cookie_by_a_longer_path(name: str) -> None:
    browser = Browser(name)
    browser.receive(SHOP, "sid=good; HttpOnly; Path=/")
    assert browser.set_from_script(SHOP, "sid=evil; Path=/p").verdict == "stored"
    assert browser.request(f"{SHOP}/p").cookie_header == "sid=evil; sid=good"


@pytest.mark.parametrize("name", BOTH)
@pytest.mark.parametrize(
    ("own", "flood", "survives"),
    [("", "", False), ("; Secure", "", True), ("; Secure", "; Secure", False)],
)
def test_a_script_evicts_a_cookie_by_200_others_unless_it_alone_is_secure(
    name: str, own: str, flood: str, survives: bool
) -> None:
    browser = Browser(name)
    browser.receive(SHOP, f"sid=good; HttpOnly; Path=/{own}")
    for number in range(200):
        browser.set_from_script(SHOP, f"flood{number}=1; Path=/{flood}")
    assert len(browser.cookies) == 170  # 150 after the 181st, and 20 more
    assert ("sid" in browser.cookies.names) is survives
    verdict = browser.set_from_script(SHOP, "sid=evil; Path=/").verdict
    assert verdict == ("blocked" if survives else "stored")
