"""The model browser on plain http, on loopback and on other ports.

The findings are those of data/README.md, "browser-truth.json". Left out: TLS itself.
"""

import pytest

from classroom.browser_model import Browser

BOTH = ("chromium", "firefox")
SHOP, BANK = "http://shop.localhost:1", "http://bank.test"
MAPPED = "http://[::ffff:127.0.0.1]:1"
FOUR = ["u=1", "l=1; SameSite=Lax", "s=1; SameSite=Strict", "n=1; SameSite=None; Secure"]
ALL = [*FOUR, "f=1; SameSite=Foo", "p=1; SameSite=None; Secure; Partitioned"]


@pytest.mark.parametrize("url", [BANK, MAPPED, "http://0.0.0.0:1"])
@pytest.mark.parametrize("name", BOTH)
def test_plain_http_to_an_ordinary_host_stores_nothing_secure(name: str, url: str) -> None:
    browser = Browser(name)
    browser.receive(url, [*ALL, "x=1; Secure", "n=1; SameSite=None", "__Host-h=1; Path=/; Secure"])
    assert sorted(browser.cookies.names) == sorted("ulsf")
    post = browser.request(url, "POST", kind="form", initiator="http://evil.test")
    assert "".join(post.names) == "uf"
    link = browser.request(url, initiator="http://evil.test")
    assert "".join(link.names) == "ulf"


@pytest.mark.parametrize("url", ["http://localhost:1", "http://[::1]:1", "http://127.9.9.9:1"])
@pytest.mark.parametrize("name", BOTH)
def test_plain_http_to_loopback_counts_as_secure(name: str, url: str) -> None:
    browser = Browser(name)
    browser.receive(url, "__Host-h=1; Path=/; Secure")
    assert browser.request(url).cookie_header == "__Host-h=1"


@pytest.mark.parametrize("name", BOTH)
def test_plain_http_downgrades_a_secure_cookie_on_loopback_and_nowhere_else(name: str) -> None:
    for host, kept, read in (("bank.test", "tls", []), ("shop.localhost", "http", ["t"])):
        browser = Browser(name)
        browser.receive(f"https://{host}/", "t=tls; Path=/; Secure; HttpOnly")
        browser.receive(f"http://{host}/", "t=http; Path=/")
        assert [cookie.value for cookie in browser.cookies] == [kept]
        assert browser.request(f"http://{host}/").names == read


@pytest.mark.parametrize("name", BOTH)
def test_a_port_separates_neither_sites_nor_jars_and_a_name_separates_both(name: str) -> None:
    browser, form = Browser(name), {"method": "POST", "kind": "form"}
    browser.receive("http://localhost:1", FOUR)
    assert browser.request("http://a.localhost:1").names == []
    other_port = browser.request("http://localhost:1", initiator="http://localhost:2", **form)
    other_name = browser.request("http://localhost:1", initiator=SHOP, **form)
    assert "s" in other_port.names
    assert "s" not in other_name.names
