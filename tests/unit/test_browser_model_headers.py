"""The headers by which the model browser says where a request comes from.

The findings are those of data/README.md, "browser-truth.json". Left out: Referer.
"""

import pytest

from classroom.browser_model import Request, initiator_headers
from classroom.browser_model.profiles import CHROMIUM, FIREFOX

SHOP, EVIL, BLOG = (
    "http://shop.localhost:1",
    "http://evil.localhost:2",
    "http://blog.shop.localhost:1",
)
TLS = "https://shop.localhost:3"


def told(url: str = SHOP, method: str = "GET", **how: object) -> tuple[str | None, str | None]:
    """Return the Origin and Sec-Fetch-Site headers of a request, None for an absent one."""
    headers = initiator_headers(Request(url, method, **how), CHROMIUM)
    assert headers == initiator_headers(Request(url, method, **how), FIREFOX)
    return headers.get("Origin"), headers.get("Sec-Fetch-Site")


@pytest.mark.parametrize("kind", ["link", "image", "script", "iframe"])
def test_a_get_that_is_no_cors_request_names_no_origin(kind: str) -> None:
    assert told(initiator=EVIL, kind=kind) == (None, "cross-site")
    assert told(initiator=BLOG, kind=kind) == (None, "same-site")
    assert told(initiator=SHOP, kind=kind) == (None, "same-origin")


@pytest.mark.parametrize("kind", ["fetch", "eventsource"])
def test_a_cors_get_names_its_origin_across_origins_only(kind: str) -> None:
    assert told(initiator=BLOG, kind=kind) == (BLOG, "same-site")
    assert told(initiator=SHOP, kind=kind) == (None, "same-origin")


@pytest.mark.parametrize("kind", ["form", "fetch", "beacon", "form-into-iframe"])
def test_any_post_names_its_origin(kind: str) -> None:
    assert told(method="POST", initiator=SHOP, kind=kind) == (SHOP, "same-origin")
    assert told(method="POST", initiator=EVIL, kind=kind) == (EVIL, "cross-site")


def test_a_typed_address_comes_from_nowhere() -> None:
    assert told() == (None, "none")


def test_the_origin_is_null_from_a_sandbox_and_after_a_foreign_307() -> None:
    post = {"method": "POST", "kind": "form"}
    assert told(initiator="null", **post) == ("null", "cross-site")
    assert told(initiator=SHOP, via=(EVIL,), **post) == ("null", "cross-site")
    assert told(initiator=EVIL, via=(f"{SHOP}/a",), **post) == (EVIL, "cross-site")


@pytest.mark.parametrize(
    ("kind", "chromium", "firefox"),
    [("form", "null", "null"), ("beacon", TLS, "null"), ("fetch", TLS, TLS)],
)
def test_from_https_to_http_a_post_without_cors_hides_its_origin(
    kind: str, chromium: str, firefox: str
) -> None:
    request = Request(SHOP, "POST", initiator=TLS, kind=kind)
    assert initiator_headers(request, CHROMIUM)["Origin"] == chromium
    assert initiator_headers(request, FIREFOX)["Origin"] == firefox


@pytest.mark.parametrize(("url", "initiator"), [(SHOP, TLS), (TLS, SHOP)])
def test_firefox_calls_another_scheme_the_same_site(url: str, initiator: str) -> None:
    request = Request(url, initiator=initiator)
    assert initiator_headers(request, CHROMIUM)["Sec-Fetch-Site"] == "cross-site"
    assert initiator_headers(request, FIREFOX)["Sec-Fetch-Site"] == "same-site"


def test_plain_http_to_an_ordinary_host_says_nothing_but_the_origin() -> None:
    for url in ("http://bank.test", "http://[::ffff:127.0.0.1]:1"):
        request = Request(url, "POST", initiator="http://evil.test", kind="form")
        assert initiator_headers(request, FIREFOX) == {"Origin": "http://evil.test"}


def test_chromium_opens_a_websocket_without_telling_the_site() -> None:
    request = Request("ws://shop.localhost:1/live", initiator=SHOP, kind="websocket")
    assert initiator_headers(request, CHROMIUM) == {"Origin": SHOP}
    assert initiator_headers(request, FIREFOX)["Sec-Fetch-Site"] == "same-origin"
    assert initiator_headers(request, FIREFOX)["Sec-Fetch-Mode"] == "websocket"


def test_a_reload_by_script_is_the_pages_own_in_chromium_alone() -> None:
    request = Request(SHOP, initiator=EVIL, kind="reload-by-script")
    assert initiator_headers(request, CHROMIUM)["Sec-Fetch-Site"] == "same-origin"
    assert initiator_headers(request, FIREFOX)["Sec-Fetch-Site"] == "cross-site"


def test_firefox_calls_a_redirect_by_a_sibling_cross_site_unless_it_is_over_tls() -> None:
    request = Request(SHOP, initiator=SHOP, via=(BLOG,))
    assert initiator_headers(request, CHROMIUM)["Sec-Fetch-Site"] == "same-site"
    assert initiator_headers(request, FIREFOX)["Sec-Fetch-Site"] == "cross-site"
    over_tls = Request(SHOP, initiator=SHOP, via=(TLS,))
    assert initiator_headers(over_tls, CHROMIUM)["Sec-Fetch-Site"] == "cross-site"
    assert initiator_headers(over_tls, FIREFOX)["Sec-Fetch-Site"] == "same-site"
