"""The model browser after redirects and reloads that began at another site.

The findings are those of data/README.md, "browser-truth.json". Left out: the rows of the recorded
table (test_browser_model_truth.py).
"""

import pytest

from classroom.browser_model import Browser

BOTH = ("chromium", "firefox")
SHOP, EVIL = "http://shop.localhost:1", "http://evil.localhost:2"


@pytest.mark.parametrize("name", BOTH)
def test_strict_is_set_behind_a_cross_site_link_but_reaches_the_landing_page_late(
    name: str,
) -> None:
    browser = Browser(name)
    browser.receive(f"{SHOP}/in", "s=1; Path=/; SameSite=Strict", initiator=EVIL)
    landing = browser.request(f"{SHOP}/", initiator=EVIL, via=(f"{SHOP}/in",))
    assert landing.names == []
    assert browser.request(f"{SHOP}/", initiator=EVIL, kind="reload-by-user").names == []
    assert browser.request(f"{SHOP}/me", kind="fetch", initiator=SHOP).names == ["s"]


@pytest.mark.parametrize("name", BOTH)
def test_lax_goes_with_the_get_after_a_302_of_a_foreign_form_and_not_with_a_307(name: str) -> None:
    browser, form = Browser(name), {"kind": "form", "initiator": EVIL, "via": (f"{SHOP}/pay",)}
    browser.receive(SHOP, "l=1; SameSite=Lax")
    assert "l" in browser.request(f"{SHOP}/done", "GET", **form).names
    assert "l" not in browser.request(f"{SHOP}/done", "POST", **form).names


def test_a_page_that_reloads_itself_gives_that_as_the_reason() -> None:
    browser = Browser("chromium")
    browser.receive(SHOP, "s=1; SameSite=Strict")
    sent = browser.request(SHOP, kind="reload-by-script", initiator=EVIL)
    assert sent.decisions.about("s").reason.sentence == "the page reloads itself"
