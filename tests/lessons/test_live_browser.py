"""The model browser at a real server: what it sends, and which cookies of a response it stores.

Left out: TLS. The server is a few lines of the standard library, so that nothing else is tested.
"""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
import requests

from classroom.browser_model import LiveBrowser

COOKIES = {
    "/in": ["a=1; HttpOnly; SameSite=Lax; Path=/", "b=2; Max-Age=60; SameSite=None; Secure"],
    "/bad": ["__Host-x=1; Path=/", "c=é; Path=/"],
}
CLEARS = {"/forget": '"cookies", "storage"', "/forget-all": '"*"', "/keep": '"cache"'}
EVIL = "http://evil.test"
MOVED = {"/out": (303, "/"), "/again": (307, "/"), "/round": (302, "/round")}


class Handler(BaseHTTPRequestHandler):
    """Responds with the received request as JSON."""

    def respond(self) -> None:
        """Set the cookies of the path, redirect if it is in MOVED, and echo the request."""
        path, length = self.path.partition("?")[0], int(self.headers.get("content-length", 0))
        body = self.rfile.read(length).decode()
        status, place = MOVED.get(path, (200, ""))
        self.send_response(status)
        for line in COOKIES.get(path, []):
            self.send_header("Set-Cookie", line.encode().decode("latin-1"))
        if place:
            self.send_header("Location", place)
        if path in CLEARS:
            self.send_header("Clear-Site-Data", CLEARS[path])
        headers = {name.lower(): value for name, value in self.headers.items()}
        echo = json.dumps({"method": self.command, "body": body, "headers": headers}).encode()
        self.send_header("Content-Length", str(len(echo)))
        self.end_headers()
        self.wfile.write(echo)

    do_GET = do_POST = respond

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """Serve on this machine while the tests of this module run."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield server.server_port
    server.shutdown()
    server.server_close()
    thread.join()


def test_cookies_of_a_response_are_sent_with_the_next_request(port: int) -> None:
    browser, url = LiveBrowser("chromium"), f"http://shop.localhost:{port}"
    received = browser.fetch(f"{url}/in").received
    assert [one.verdict for one in received] == ["stored", "stored"]
    headers = browser.fetch(f"{url}/", headers={"X-Own": "1"}).response.json()["headers"]
    assert headers["x-own"] == "1"
    assert headers["cookie"] == "a=1; b=2"
    assert headers["host"] == f"shop.localhost:{port}"
    assert headers["sec-fetch-site"] == "none"
    assert "origin" not in headers


def test_a_forged_form_arrives_without_the_lax_cookie_and_names_its_origin(port: int) -> None:
    browser, url = LiveBrowser("firefox"), f"http://shop.localhost:{port}"
    browser.fetch(f"{url}/in")
    form = {"to": "mallory"}
    forged = browser.fetch(f"{url}/pay", "POST", data=form, kind="form", initiator=EVIL)
    seen = forged.response.json()
    assert (seen["method"], seen["body"]) == ("POST", "to=mallory")
    assert seen["headers"]["cookie"] == "b=2"
    assert seen["headers"]["origin"] == EVIL
    assert seen["headers"]["sec-fetch-site"] == "cross-site"


def test_a_303_is_followed_by_get_and_a_307_by_the_same_request(port: int) -> None:
    browser, url = LiveBrowser("chromium"), f"http://127.0.0.1:{port}"
    form = {"data": {"x": 1}, "kind": "form", "initiator": url}
    for path, expected in (("/out", ("GET", "")), ("/again", ("POST", "x=1"))):
        last = browser.fetch(url + path, "POST", **form)
        seen = last.response.json()
        assert (seen["method"], seen["body"]) == expected
        assert last.request.via == (url + path,)


def test_an_endless_redirect_ends(port: int) -> None:
    with pytest.raises(requests.TooManyRedirects):
        LiveBrowser().fetch(f"http://127.0.0.1:{port}/round")


def test_a_blocked_cookie_says_why_and_another_alphabet_survives(port: int) -> None:
    browser = LiveBrowser("chromium")
    fetched = browser.fetch(f"http://localhost:{port}/bad")
    assert fetched.received.about("__Host-x").verdict == "blocked"
    assert [cookie.value for cookie in browser.cookies] == ["é"]
    assert repr(fetched).splitlines()[0] == "GET /bad · no Cookie header · 200 OK"


@pytest.mark.parametrize(("path", "gone"), [("forget", 2), ("forget-all", 2), ("keep", 0)])
def test_clear_site_data_of_a_response_is_obeyed(port: int, path: str, gone: int) -> None:
    browser, url = LiveBrowser("chromium"), f"http://localhost:{port}"
    browser.fetch(f"{url}/in")
    assert [one.verdict for one in browser.fetch(f"{url}/{path}").received] == ["removed"] * gone
    assert len(browser.cookies) == 2 - gone


@pytest.mark.parametrize("url", ["http://trax.invalid/", "http://192.0.2.1/", "http://evil.com/"])
def test_no_other_machine_is_ever_contacted(url: str) -> None:
    with pytest.raises(ValueError, match="is not this machine"):
        LiveBrowser().fetch(url)


def test_a_server_that_has_stopped_is_said_in_a_sentence() -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as closed:
        port = closed.server_port
    sentence = f"Nobody answers at trax.localhost:{port}. If the server has stopped"
    with pytest.raises(requests.ConnectionError, match=sentence):
        LiveBrowser().fetch(f"http://trax.localhost:{port}/")
