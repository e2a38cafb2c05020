"""The live server of a lesson starts, and starts again; real HTTP, no kernel."""

import socket
import threading
from pathlib import Path

import pytest
import requests
from sqlalchemy.exc import OperationalError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from classroom.server.live_server import LiveServer
from classroom.server.network import HOST
from classroom.server.server import Server
from minisrv.db.models import User, add
from minisrv.serve.server import bind
from minisrv.settings import Settings
from tests.support.kernels import answers
from tests.support.lesson_server import before as before
from tests.support.lesson_server import silent_server as silent_server
from tests.support.lesson_server import threads

ADA = {"email": "ada@trax.test", "password": "correct horse battery"}


def sign_up(server: Server, **fields: object) -> requests.Response:
    return requests.post(server.url + "/api/signup", json={**ADA, **fields}, timeout=60)


async def hello(request: Request) -> Response:
    return JSONResponse({"hello": "you"})


def test_it_is_ready_when_the_call_returns_and_says_so_in_one_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    server = Server(bcrypt_cost=4)
    try:
        assert requests.get(server.url + "/health", timeout=60).status_code == 200
        assert capsys.readouterr().out == "ready at http://127.0.0.1:‹port›\n"
    finally:
        server.stop()


def test_a_second_server_is_the_first_one_as_good_as_new(
    before: set[threading.Thread], server: Server
) -> None:
    server.endpoint("health")(hello)
    sign_up(server)
    again = Server(bcrypt_cost=4)
    assert again.url == server.url
    assert len(threads() - before) == 1
    assert list(again.rows("users")) == []
    assert list(again.exchanges) == list(server.exchanges) == []
    assert "hello" not in requests.get(again.url + "/health", timeout=60).json()
    assert sign_up(server).json()["id"] == 1


def test_another_setting_starts_it_again_at_the_same_port(
    before: set[threading.Thread], server: Server
) -> None:
    with requests.Session() as session:  # a connection that is kept alive does not hold the port
        session.get(server.url + "/health", timeout=60)
        other = Server(bcrypt_cost=5)
        assert other.url == server.url
        assert sign_up(other).status_code == 201
    assert "$2b$05$" in other.rows("users")[0]["password"]
    assert len(threads() - before) == 1


def test_a_setting_that_cannot_be_leaves_the_running_server_alone(server: Server) -> None:
    with pytest.raises(ValueError, match="bcrypt_cost"):
        Server(bcrypt_cost=99)
    assert Server.current is server
    assert requests.get(server.url + "/health", timeout=60).status_code == 200


def test_a_busy_port_is_said_and_a_free_one_taken(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        busy = other.getsockname()[1]
        server = Server(port=busy, bcrypt_cost=4)
        try:
            assert server.settings.port != busy
            assert requests.get(server.url + "/health", timeout=60).status_code == 200
            assert f"(port {busy} is busy" in capsys.readouterr().out
            assert Server(port=busy, bcrypt_cost=4).url == server.url
        finally:
            server.stop()


def test_a_file_database_is_emptied_by_a_new_server(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/class.sqlite3"
    try:
        first = Server(bcrypt_cost=4, database_url=url)
        add(first.running.shared.database, User(email="ada@trax.test", password="x"))
        assert len(first.rows("users")) == 1
        assert list(Server(bcrypt_cost=4, database_url=url).rows("users")) == []
    finally:
        Server.current.stop()


def test_a_database_that_cannot_be_opened_leaves_the_port_free(tmp_path: Path) -> None:
    with bind(HOST, 0) as free:
        port = free.getsockname()[1]
    missing = f"sqlite:///{tmp_path / 'no-folder' / 'a.db'}"
    with pytest.raises(OperationalError) as caught:
        LiveServer(Settings(host=HOST, port=port, database_url=missing))
    assert not answers(port), caught  # whose traceback holds what the start has left
