"""The live server ends even if routes hang, and is found again after a reload."""

import contextlib
import importlib
import socket
import sys
import threading

import pytest
import requests
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from classroom.server.server import Server
from tests.support.lesson_server import before as before
from tests.support.lesson_server import silent_server as silent_server
from tests.support.lesson_server import threads


async def hello(request: Request) -> Response:
    return JSONResponse({"hello": "you"})


def test_stop_frees_the_port_though_a_connection_is_open(
    before: set[threading.Thread], server: Server
) -> None:
    with requests.Session() as session:
        session.get(server.url + "/health", timeout=60)
        server.stop()
        server.stop()
        assert threads() - before == set()
        assert Server.current is None
        with socket.socket() as other:
            other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            other.bind(("127.0.0.1", server.settings.port))


def test_a_route_for_a_server_that_has_ended_is_refused_and_says_which_one_runs() -> None:
    first = Server()
    second = Server(bcrypt_cost=4)  # other settings, so the first one ends
    for plug in (lambda: first.endpoint("health"), lambda: first.plug("health", hello)):
        with pytest.raises(RuntimeError, match=f"; the one at {second.url} runs now: run the cell"):
            plug()
    again = Server(bcrypt_cost=4)  # the same server, reset
    for one in (second, again):
        one.plug("health", hello)
    again.stop()
    with pytest.raises(RuntimeError, match="has ended: run the cell with server = Server()"):
        second.plug("health", hello)


def test_stop_does_not_wait_for_a_request_that_hangs(server: Server) -> None:
    begun, release = threading.Event(), threading.Event()

    @server.endpoint("health")
    def health(request: Request) -> Response:
        begun.set()
        release.wait(60)
        return JSONResponse({})

    asking = threading.Thread(target=_ask_in_vain, args=(server.url + "/health",))
    asking.start()
    assert begun.wait(5)
    server.stop()
    assert not release.is_set()
    with pytest.raises(requests.ConnectionError):
        requests.get(server.url + "/health", timeout=60)
    release.set()
    asking.join()


def _ask_in_vain(url: str) -> None:
    with contextlib.suppress(requests.RequestException):
        assert requests.get(url, timeout=60).status_code == 500


def test_an_endless_loop_is_cured_by_the_server_cell(
    before: set[threading.Thread], server: Server
) -> None:
    @server.endpoint("health")
    async def health(request: Request) -> Response:
        while True:
            pass

    with pytest.raises(requests.Timeout):
        requests.get(server.url + "/health", timeout=0.3)
    again = Server(bcrypt_cost=4)
    assert requests.get(again.url + "/health", timeout=60).status_code == 200
    assert len(threads() - before) == 1


def test_fifty_swaps_leave_one_thread_and_one_app(
    before: set[threading.Thread], server: Server
) -> None:
    for _ in range(50):
        server.endpoint("health")(hello)
        assert requests.get(server.url + "/health", timeout=60).json() == {"hello": "you"}
    assert len(threads() - before) == 1
    assert list(server.running.plugged) == ["health"]


def test_a_reloaded_module_finds_the_running_server(
    before: set[threading.Thread], server: Server
) -> None:
    module = importlib.reload(sys.modules["classroom.server.server"])
    assert module.Server is not Server
    assert module.Server(bcrypt_cost=4).url == server.url
    assert Server.current is module.Server.current
    assert len(threads() - before) == 1
    module.Server.current.stop()
    assert Server.current is None
