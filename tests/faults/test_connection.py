"""Connections with bytes that are not HTTP, and with requests that never end."""

import asyncio
import socket
import time
from collections.abc import Iterator

import pytest
import requests
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from minisrv.web.security_headers import ALWAYS
from tests.support.live import Answer, Live, read_answer, serve, settings_of_tests
from tests.support.started import wait_until
from tests.support.visitor import Visitor

POST = b"POST /api/signup HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
GET = b"GET /api/me HTTP/1.1\r\nHost: 127.0.0.1\r\n"
NO_REQUESTS = {
    "the beginning of TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" * 9 + b"\r\n\r\n",
    "one word": b"hello\r\n\r\n",
    "a version that is none": b"GET / HTTP/x.y\r\nHost: 127.0.0.1\r\n\r\n",
    "no host": b"GET /health HTTP/1.1\r\n\r\n",
    "two hosts": b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: 127.0.0.1\r\n\r\n",
    "a header without a colon": b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nnonsense\r\n\r\n",
    "a space before the colon": b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie : a=b\r\n\r\n",
    "a folded header": b"GET / HTTP/1.1\r\n Host: 127.0.0.1\r\n\r\n",
    "a head without end": b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: " + b"a" * 17_000,
    "two lengths": POST + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\n{}",
    "a length and chunks": POST
    + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "chunks in HTTP/1.0": POST.replace(b"1.1", b"1.0")
    + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "a negative length": POST + b"Content-Length: -1\r\n\r\n{}",
    "a coding that is not chunked": POST + b"Transfer-Encoding: gzip\r\n\r\n{}",
    "a chunk of a length that is none": POST + b"Transfer-Encoding: chunked\r\n\r\nxyz\r\n{}\r\n",
    "such a chunk for a route that reads none": GET + b"Transfer-Encoding: chunked\r\n\r\nxyz\r\n",
}


@pytest.fixture(autouse=True)
def no_word_in_the_log(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Nothing that a client sends is worth a traceback."""
    yield
    assert [record.getMessage() for record in caplog.records if record.exc_info] == []


def assert_hung_up(answer: Answer, status: int, code: bytes) -> None:
    """The same form as everywhere else, and the end of the connection."""
    assert answer.status == status, answer
    assert answer.body.startswith(b'{"error":"') and code in answer.body
    assert {"content-type", "cache-control", "connection"} <= {*map(str.lower, answer.headers)}
    assert all(answer.headers[name] == value for name, value in ALWAYS.items())
    assert answer.headers["Connection"] == "close"


@pytest.mark.parametrize("sent", NO_REQUESTS.values(), ids=NO_REQUESTS)
def test_what_is_no_request_is_told_so_in_json(server: Live, sent: bytes) -> None:
    assert_hung_up(server.says(sent), 400, b"malformed_request")
    assert server.rows("users") == []
    assert Visitor(server).signs_up().status_code == 201


def test_a_head_request_is_answered_without_a_body_here_too(server: Live) -> None:
    answer = server.says(
        GET.replace(b"GET", b"HEAD") + b"Transfer-Encoding: chunked\r\n\r\nxyz\r\n"
    )
    assert (answer.status, answer.body, answer.headers["Connection"]) == (400, b"", "close")


def test_who_goes_on_with_nonsense_after_an_answer_is_hung_up_on(server: Live) -> None:
    with socket.create_connection(("127.0.0.1", server.port), 20) as wire:
        wire.sendall(b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        assert read_answer(wire, "GET").status == 200
        wire.sendall(b"nonsense\r\n\r\n")
        assert_hung_up(read_answer(wire), 400, b"malformed_request")
        assert wire.recv(100) == b""


def test_who_was_refused_and_goes_on_with_nonsense_is_hung_up_on(server: Live) -> None:
    with socket.create_connection(("127.0.0.1", server.port), 20) as wire:
        wire.sendall(POST.replace(b"json", b"x") + b"Transfer-Encoding: chunked\r\n\r\n")
        assert read_answer(wire).status == 415
        wire.sendall(b"xyz\r\n")
        assert wire.recv(100) == b""  # no second answer to one request
    assert Visitor(server).signs_up().status_code == 201


def test_what_is_smuggled_behind_two_lengths_gets_no_answer(server: Live) -> None:
    """A proxy that counts by Content-Length takes the GET for a part of the body."""
    smuggled = b"0\r\n\r\nGET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    length = b"Content-Length: %d\r\n" % len(smuggled)
    with socket.create_connection(("127.0.0.1", server.port), 20) as wire:
        wire.sendall(POST + length + b"Transfer-Encoding: chunked\r\n\r\n" + smuggled)
        assert_hung_up(read_answer(wire), 400, b"malformed_request")
        assert rest_of(wire) == b""


def rest_of(wire: socket.socket) -> bytes:
    """Return what still comes; nothing if the server has closed without reading all."""
    try:
        return wire.recv(1000)
    except ConnectionError:
        return b""


@pytest.fixture(scope="module")
def impatient() -> Iterator[Live]:
    """A server that waits a second for the head of a request."""
    with serve(settings_of_tests(client_seconds=1)) as server:
        yield server


def drips(wire: socket.socket, url: str) -> None:
    """Send a byte of a head now and then, until the server has had enough; others are served."""
    end = time.monotonic() + 20
    wire.setblocking(False)
    for byte in b"GET /health HTTP/1.1\r\nCookie: " + b"a" * 10_000:
        try:
            wire.send(bytes([byte]))
            assert requests.get(url + "/health", timeout=60).ok
            time.sleep(0.05)
            wire.recv(1, socket.MSG_PEEK)
            break
        except BlockingIOError:  # no answer yet
            assert time.monotonic() < end
    wire.settimeout(20)


def test_a_head_that_drips_is_given_up(impatient: Live) -> None:
    start = time.monotonic()  # before the server's own time begins
    with socket.create_connection(("127.0.0.1", impatient.port), 20) as wire:
        drips(wire, impatient.url)
        assert_hung_up(read_answer(wire), 408, b"too_slow")
        assert time.monotonic() - start >= 1


def test_a_second_head_that_drips_is_given_up_too(impatient: Live) -> None:
    with socket.create_connection(("127.0.0.1", impatient.port), 20) as wire:
        wire.sendall(b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        assert read_answer(wire, "GET").status == 200
        drips(wire, impatient.url)
        assert_hung_up(read_answer(wire), 408, b"too_slow")


@pytest.mark.parametrize("length", [b"Content-Length: 1000000", b"Transfer-Encoding: chunked"])
def test_the_rest_of_a_body_that_was_refused_has_no_time_either(
    impatient: Live, length: bytes
) -> None:
    with socket.create_connection(("127.0.0.1", impatient.port), 20) as wire:
        wire.sendall(POST.replace(b"json", b"x") + length + b"\r\n\r\n")
        assert read_answer(wire).status == 415
        end = time.monotonic() + 20
        with pytest.raises(OSError):
            while time.monotonic() < end:
                wire.sendall(b"1" if length.startswith(b"C") else b"1\r\nx\r\n")
                time.sleep(0.05)


def test_a_client_that_does_not_read_is_hung_up_on() -> None:
    async def me(request: Request) -> Response:
        return Response(b"x" * 50_000_000)  # more than any buffer of the system takes

    with (
        serve(settings_of_tests(client_seconds=1), me=me) as server,
        socket.create_connection(("127.0.0.1", server.port), 20) as wire,
    ):
        wire.sendall(GET + b"\r\n")
        wait_until(lambda: server.connections)
        wait_until(lambda: not server.connections)
        taken = 0
        with pytest.raises(ConnectionError):
            while part := wire.recv(1 << 20):
                taken += len(part)
            raise ConnectionError
        assert taken < 50_000_000
    # A client that reads gets it all, however slowly a busy machine lets it read.
    with serve(settings_of_tests(client_seconds=60), me=me) as server:
        assert len(Visitor(server).asks_me().content) == 50_000_000


def test_who_says_nothing_is_told_nothing(impatient: Live) -> None:
    with socket.create_connection(("127.0.0.1", impatient.port), 20) as wire:
        assert wire.recv(100) == b""


def test_a_deadline_for_the_head_does_not_end_what_comes_after_it() -> None:
    async def me(request: Request) -> Response:
        await asyncio.sleep(1.5)
        return JSONResponse({})

    with serve(settings_of_tests(client_seconds=1), me=me) as server:
        assert Visitor(server).asks_me().status_code == 200
