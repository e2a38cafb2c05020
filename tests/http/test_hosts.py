"""Which Host headers the server accepts, and which clients weak routes accept."""

import asyncio
from urllib.parse import urlsplit

import pytest

from minisrv import Settings, create_app
from minisrv.routes.signup import as_taught
from minisrv.serve.server import check_exposure, url_of
from tests.support.live import Live, serve, settings_of_tests
from tests.support.visitor import Visitor, assert_refused


def health(server: Live, host: str, **headers: str):
    return Visitor(server).sends("GET", "/health", headers={"Host": host, **headers})


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.0.0.1:9", "trax.localhost", "TRAX.localhost:1", "a.b.localhost"]
)
def test_it_answers_at_this_machines_own_names(server: Live, host: str) -> None:
    assert health(server, host).json() == {"status": "ok"}


@pytest.mark.parametrize(
    "host",
    ["evil.test", "127.0.0.1.evil.test", "evillocalhost", "a b", "", "127.0.0.2", "[::1]", "é",
     "trax.localhost.", "127.0.0.1:99:99", "evil.test/127.0.0.1", "user@127.0.0.1"],
)  # fmt: skip
def test_it_answers_at_no_other_name(server: Live, host: str) -> None:
    answer = health(server, host.encode("utf-8"))
    if answer.headers["Content-Type"].startswith("application/json"):
        assert_refused(answer, 421, "misdirected_request")
    else:
        assert answer.status_code == 400  # no HTTP: the parser never let it through


def test_at_localhost_it_says_where_to_go_and_why(server: Live) -> None:
    answer = health(server, "localhost:8123")
    assert_refused(answer, 421, "misdirected_request")
    sentence = answer.json()["error"]
    assert "http://127.0.0.1:8123" in sentence and "http://trax.localhost:8123" in sentence
    assert "cookies" in sentence


def test_other_names_are_answered_when_they_are_named() -> None:
    with serve(settings_of_tests(allowed_hosts=("Music.test",))) as server:
        assert health(server, "music.TEST:443").status_code == 200
        assert health(server, "other.test").status_code == 421


@pytest.mark.parametrize("name", ["X-Forwarded-For", "X-Forwarded-Prefix", "Forwarded"])
def test_a_proxy_that_nobody_named_is_refused(server: Live, name: str) -> None:
    answer = health(server, "127.0.0.1", **{name: "x"})
    assert_refused(answer, 421, "misdirected_request")


def test_two_host_headers_or_none_are_no_http(server: Live) -> None:
    for head in (b"Host: 127.0.0.1\r\nHost: evil.test\r\n", b""):
        assert server.says(b"GET /health HTTP/1.1\r\n" + head + b"\r\n").status == 400


def status_for(
    peer: tuple[str, int] | None,
    host: str = "127.0.0.1",
    settings: Settings | None = None,
    **endpoints: object,
) -> int:
    """Return the status that a request from `peer` gets, by calling the app as a server would."""
    app = create_app(settings or settings_of_tests(), **endpoints)
    scope = {"type": "http", "method": "GET", "path": "/health", "raw_path": b"/health"}
    scope |= {"query_string": b"", "headers": [(b"host", host.encode())], "scheme": "http"}
    scope |= {"client": peer, "server": ("0.0.0.0", 80), "root_path": "", "http_version": "1.1"}
    said: list[dict] = []

    async def receive() -> dict:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict) -> None:
        said.append(message)

    asyncio.run(app(scope, receive, send))
    app.state.close()
    return said[0]["status"]


def test_a_weak_route_answers_this_machine_only() -> None:
    assert status_for(("127.0.0.1", 1), signup=as_taught) == 200
    assert status_for(("::1", 1), signup=as_taught) == 200
    assert status_for(None, signup=as_taught) == 200
    assert status_for(("192.0.2.7", 1), signup=as_taught) == 421
    assert status_for(("192.0.2.7", 1)) == 200  # the reference may be served to others


BOUND = {  # --host, and the IP address of the socket
    "127.0.0.1": "127.0.0.1",
    "127.0.0.2": "127.0.0.2",
    "::1": "::1",
    "localhost": "127.0.0.1",
    "trax.localhost": "127.0.0.1",
}


@pytest.mark.parametrize("host", BOUND)
def test_the_url_that_it_prints_is_answered(host: str) -> None:
    settings = settings_of_tests(host=host)
    check_exposure(settings, weak=True)  # all of these stay on this machine
    url = urlsplit(url_of(settings, BOUND[host], 8000))
    assert (url.scheme, url.hostname, url.port) == ("http", BOUND[host], 8000)
    assert status_for(("127.0.0.1", 1), url.netloc, settings) == 200


def test_for_others_the_url_has_the_name_that_they_use() -> None:
    settings = settings_of_tests(
        host="0.0.0.0", allowed_hosts=("trax.localhost", "music.test"), tls_cert="c", tls_key="k"
    )
    assert url_of(settings, "0.0.0.0", 8000) == "https://music.test:8000"


@pytest.mark.parametrize(
    ("bound", "host"),
    [("::1", "[::2]"), ("127.0.0.2", "127.0.0.3"), ("localhost", "localhost"), ("::", "[::]"),
     ("192.0.2.7", "192.0.2.7")],
)  # fmt: skip
def test_to_listen_at_an_address_makes_no_other_name_known(bound: str, host: str) -> None:
    assert status_for(("127.0.0.1", 1), host, settings_of_tests(host=bound)) == 421


def test_a_name_in_brackets_needs_no_tls_if_it_stays_on_this_machine() -> None:
    check_exposure(settings_of_tests(allowed_hosts=("[::1]",)), weak=True)
