"""A student's own route in the live server: swapped in at once, while accounts stay."""

import threading

import pytest
import requests
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from classroom.server.server import Server
from minisrv.routes.signup import LADDER
from tests.support.lesson_server import silent_server as silent_server

ADA = {"email": "ada@trax.test", "password": "correct horse battery"}


def sign_up(server: Server, **fields: object) -> requests.Response:
    return requests.post(server.url + "/api/signup", json={**ADA, **fields}, timeout=60)


async def hello(request: Request) -> Response:
    return JSONResponse({"hello": "you"})


async def stub(request: Request) -> Response: ...


def test_a_route_is_swapped_in_and_accounts_stay(server: Server) -> None:
    sign_up(server)
    returned = server.endpoint("health")(hello)
    assert returned is hello
    assert requests.get(server.url + "/health", timeout=60).json() == {"hello": "you"}
    assert sign_up(server).status_code == 409


def test_a_sync_route_is_a_route_too(server: Server) -> None:
    @server.endpoint("health")
    def health(request: Request) -> Response:
        return JSONResponse({"thread": threading.current_thread().name})

    answer = requests.get(server.url + "/health", timeout=60).json()
    assert answer["thread"] != "classroom-server"


def test_methods_are_ours_unless_given(server: Server) -> None:
    server.endpoint("health")(hello)
    assert requests.post(server.url + "/health", timeout=60).status_code == 405
    server.endpoint("health", methods=["POST"])(hello)
    assert requests.post(server.url + "/health", timeout=60).status_code == 200


def test_an_unknown_name_is_answered_with_the_names_there_are(server: Server) -> None:
    with pytest.raises(ValueError, match="'sigup'; there are signup, signin"):
        server.endpoint("sigup")
    with pytest.raises(ValueError, match="'sigup'; there are signup, signin"):
        server.plug("sigup", Route("/x", hello))
    assert requests.get(server.url + "/health", timeout=60).status_code == 200


def test_a_rung_of_the_ladder_can_be_plugged_in(server: Server) -> None:
    server.plug("signup", LADDER["plain"])
    sign_up(server)
    assert server.rows("users")[0]["password"] == ADA["password"]


def test_a_route_with_a_gap_crashes_and_the_report_shows_the_gap(server: Server) -> None:
    server.endpoint("signup")(stub)
    assert sign_up(server).status_code == 500
    assert server.crash.gap.startswith("There is still a gap (`...`) in line ")
    assert server.crash.gap.endswith(": async def stub(request: Request) -> Response: ...")
