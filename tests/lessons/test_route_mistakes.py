"""What is added to the error of a route for a beginner's mistake, mostly one of Flask.

Left out: what a kernel is needed for (test_mistakes.py).
"""

import pytest
import requests
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from classroom.server.advice import ATTRIBUTES, FORM, IMPORT, METHODS, NAMES, NO_AWAIT
from classroom.server.server import Server
from tests.support.exercise_cells import run
from tests.support.lesson_server import module_server as module_server

LINES = {
    "request.args.get('x')": ATTRIBUTES["args"],
    "request.data": ATTRIBUTES["data"],
    "request.files['x']": FORM,
    "request.get_json()": ATTRIBUTES["get_json"],
    "request.remote_addr": ATTRIBUTES["remote_addr"],
    "request.json['x']": METHODS["json"],
    "request.json.get('x')": METHODS["json"],
    "request.form['x']": FORM,
    "await request.form()": FORM,
    "request.body.decode()": METHODS["body"],
    "request.values['x']": METHODS["values"],
    "jsonify({})": NAMES["jsonify"],
    "make_response({})": NAMES["make_response"],
    "abort(404)": NAMES["abort"],
    "User()": IMPORT,
    "await print()": NO_AWAIT,
    "JSONResponse({}, headers={'Allow': ['POST']})": "the value of a header is text",
    "(lambda: 0)(1)": None,
    "[].nothing": None,
    "JSONResponse.render['x']": None,
    "request.query_params['x']": None,
}


def crash_of(server: Server, cell: str) -> str:
    """Return the error of a sign-up with the route of a cell."""
    run(cell, {"server": server, "JSONResponse": JSONResponse})
    answer = requests.post(server.url + "/api/signup", json={}, timeout=60)
    assert answer.status_code == 500
    return server.crash.error


@pytest.mark.parametrize("line", LINES)
def test_a_line_that_fails_says_what_to_write(server: Server, line: str) -> None:
    head = '@server.endpoint("signup")\nasync def signup(request):\n'
    error = crash_of(server, f"{head}    x = {line}\n    return JSONResponse(x)\n")
    assert error.endswith(f"; {LINES[line]}") if LINES[line] else "; " not in error


@pytest.mark.parametrize("arguments", ["", "request, email"])
def test_a_route_has_one_argument(server: Server, arguments: str) -> None:
    head = f'@server.endpoint("signup")\nasync def signup({arguments}):\n'
    assert crash_of(server, f"{head}    return 1\n").endswith(f"; {NAMES['request']}")


def test_the_request_of_flask_is_no_global_here(server: Server) -> None:
    head = '@server.endpoint("signup")\ndef signup(_):\n'
    assert crash_of(server, f"{head}    return request.json\n").endswith(NAMES["request"])


def test_a_session_left_open_is_said(server: Server) -> None:
    @server.endpoint("signup")
    async def signup(request: Request) -> Response:
        raise PoolTimeout("QueuePool limit of size 1 reached")

    requests.post(server.url + "/api/signup", json={}, timeout=60)
    assert "a session was left open; write: with " in server.crash.error
