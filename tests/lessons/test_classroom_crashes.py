"""The report that a student reads when a route crashes; the server survives."""

import asyncio
import re
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
import requests
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

import minisrv
from classroom.server.server import Server
from classroom.server.show import view_of
from tests.support.lesson_server import silent_server as silent_server

ADA = {"email": "ada@trax.test", "password": "correct horse battery"}


def sign_up(server: Server, **fields: object) -> requests.Response:
    return requests.post(server.url + "/api/signup", json={**ADA, **fields}, timeout=60)


async def hello(request: Request) -> Response:
    return JSONResponse({"hello": "you"})


async def trips(request: Request) -> Response:
    body = await request.json()
    return JSONResponse(body["nickname"])


def test_a_crash_tells_the_client_nothing_and_the_student_the_own_line(server: Server) -> None:
    server.endpoint("signup")(trips)
    answer = sign_up(server)
    assert answer.status_code == 500
    assert "nickname" not in answer.text
    assert server.crash.error == "KeyError: 'nickname'"
    (line,) = server.crash.lines
    assert line.place == "test_classroom_crashes.py"
    assert line.source == 'return JSONResponse(body["nickname"])'
    assert str(line) in view_of(answer).as_text()


def test_frames_of_the_course_are_left_out_by_whatever_way_it_was_found(server: Server) -> None:
    helper = Path(minisrv.__file__).parents[1] / "notebooks" / ".." / "minisrv" / "helper.py"
    names: dict[str, Callable[[], None]] = {}
    exec(compile("def fails():\n    raise KeyError('in here')", str(helper), "exec"), names)

    @server.endpoint("signup")
    async def signup(request: Request) -> Response:
        return names["fails"]()

    sign_up(server)
    assert [line.source for line in server.crash.lines] == ['return names["fails"]()']


def test_a_missing_parameter_is_reported_at_the_def(server: Server) -> None:
    @server.endpoint("signup")
    async def signup() -> Response:
        return JSONResponse({})

    sign_up(server)
    assert "takes 0 positional arguments" in server.crash.error
    assert server.crash.lines[0].source == "async def signup() -> Response:"


@pytest.mark.parametrize(
    ("answer", "kind"),
    [({"id": 1}, "a dict"), ("hello", "a str"), (204, "an int"), (..., "an ellipsis")],
)
def test_returning_no_response_is_explained(server: Server, answer: object, kind: str) -> None:
    @server.endpoint("signup")
    async def signup(request: Request) -> object:
        return answer

    assert sign_up(server).status_code == 500
    assert f"the route returned {kind}" in server.crash.error
    assert server.crash.error.endswith("; return a Response, e.g. JSONResponse(...)")


def test_an_object_with_an_async_call_is_a_route_like_any_other(server: Server) -> None:
    class Greeter:
        async def __call__(self, request: Request) -> Response:
            return JSONResponse({"hello": "you"})

    server.plug("health", Greeter())
    assert requests.get(server.url + "/health", timeout=60).json() == {"hello": "you"}


def test_a_forgotten_await_is_explained(server: Server) -> None:
    @server.endpoint("signup")
    def signup(request: Request) -> object:
        return hello(request)

    sign_up(server)
    assert "is an await missing?" in server.crash.error


def unpacked(body: object) -> object:
    email, _ = body
    return email


def stored(body: object) -> None:
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("SELECT ?", [body])


USES = {
    "an entry": lambda body: body["email"],
    "a method": lambda body: body.get("email"),
    "as JSON": JSONResponse,
    "unpacked": unpacked,
    "searched": lambda body: "email" in body,
    "added": lambda body: "email: " + body,
    "stored": stored,
}


@pytest.mark.parametrize("use", USES.values(), ids=list(USES))
def test_a_body_that_nobody_awaited_is_explained(server: Server, use: object) -> None:
    @server.endpoint("signup")
    async def signup(request: Request) -> object:
        body = request.json()
        try:
            return use(body)
        finally:
            body.close()  # else Python warns of it, in another test

    assert sign_up(server).status_code == 500
    assert server.crash.error.endswith("; is an await missing?")


def test_the_value_in_a_line_with_await_was_made_above(server: Server) -> None:
    @server.endpoint("signup")
    async def signup(request: Request) -> object:
        body = request.json()
        with closing(sqlite3.connect(":memory:", check_same_thread=False)) as database:
            try:
                await asyncio.to_thread(database.execute, "SELECT ?", [body])
            finally:
                body.close()
        return JSONResponse({})

    assert sign_up(server).status_code == 500
    assert server.crash.error.endswith("; is an await missing? Look at the lines above, too")


def test_none_is_a_forgotten_return(server: Server) -> None:
    @server.endpoint("signup")
    async def signup(request: Request) -> None:
        JSONResponse({})

    assert sign_up(server).status_code == 500
    assert "returned None for this request; is a return missing?" in server.crash.error
    assert server.crash.lines[0].source == "async def signup(request: Request) -> None:"


def test_the_gaps_of_a_frame_are_said_with_the_line(server: Server) -> None:
    @server.endpoint("signup")
    async def signup(request: Request) -> Response:
        kinds: tuple[int, ...] = (1, 2)  # no gap
        hashed = ...
        return JSONResponse({"hashed": hashed, "kinds": kinds})

    answer = sign_up(server)
    assert answer.status_code == 500
    gap, error, *_ = server.crash.text.splitlines()
    assert re.fullmatch(r"There is still a gap \(`...`\) in line \d+: hashed = ...", gap)
    assert "ellipsis" in error
    assert gap in view_of(answer).as_text()


def test_a_route_without_a_source_has_no_gap(server: Server) -> None:
    made: dict[str, object] = {}
    exec("async def signup(request): ...", made)
    server.plug("signup", made["signup"])
    assert sign_up(server).status_code == 500
    assert "is a return missing?" in server.crash.error
    assert server.crash.gap == ""


def test_sys_exit_in_a_route_does_not_end_the_server(server: Server) -> None:
    @server.endpoint("signup")
    async def signup(request: Request) -> Response:
        sys.exit(3)

    assert sign_up(server).status_code == 500
    assert server.crash.error == "SystemExit: 3"
    assert requests.get(server.url + "/health", timeout=60).status_code == 200


def test_a_crash_says_that_the_connection_ends_and_the_next_request_is_answered(
    server: Server,
) -> None:
    server.endpoint("signup")(trips)
    with requests.Session() as session:
        for _ in range(5):
            crash = session.post(server.url + "/api/signup", json=ADA, timeout=60)
            assert (crash.status_code, crash.headers["Connection"]) == (500, "close")
            assert session.get(server.url + "/health", timeout=60).json() == {"status": "ok"}
