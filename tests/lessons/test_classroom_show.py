"""Which exchange is shown for a response, and what stands in the tables; over real HTTP."""

import pytest
import requests
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from classroom.display.source import source_of
from classroom.exchanges.find_exchange import as_client_saw, find_exchange
from classroom.server.server import Server
from classroom.server.show import CLIENT_SIDE, show, view_of
from tests.support.lesson_server import silent_server as silent_server

ADA = {"email": "ada@trax.test", "password": "correct horse battery"}


def sign_up(server: Server, **fields: object) -> requests.Response:
    return requests.post(server.url + "/api/signup", json={**ADA, **fields}, timeout=60)


async def hello(request: Request) -> Response:
    return JSONResponse({"hello": "you"})


def test_exchanges_are_recorded_in_order_before_the_client_has_the_answer(server: Server) -> None:
    for number in range(30):
        answer = requests.get(server.url + f"/nowhere/{number}", timeout=60)
        assert server.exchanges[-1].path == f"/nowhere/{number}"
        assert find_exchange(answer, server.exchanges) is server.exchanges[-1]
    assert [e.path for e in server.exchanges] == [f"/nowhere/{n}" for n in range(30)]


def test_a_response_is_shown_as_its_own_exchange_and_not_as_a_newer_one(server: Server) -> None:
    first, second = sign_up(server), sign_up(server)
    assert view_of(first).exchange is server.exchanges[0]
    assert view_of(second).exchange is server.exchanges[1]


def test_two_answers_that_differ_in_their_cookie_are_told_apart(server: Server) -> None:
    sign_up(server)
    first, second = (
        requests.post(server.url + "/api/signin", json=ADA, timeout=60) for _ in range(2)
    )
    assert first.content == second.content
    assert view_of(first).exchange is server.exchanges[1]
    assert view_of(second).exchange is server.exchanges[2]


def test_of_equal_exchanges_each_is_told_from_the_others(server: Server) -> None:
    answers = [requests.get(server.url + "/health", timeout=60) for _ in range(3)]
    shown = [view_of(answer).exchange for answer in answers]
    assert len(shown) == 3
    assert all(one is other for one, other in zip(shown, server.exchanges, strict=True))


def test_the_id_of_an_exchange_is_in_no_record_and_on_no_display(server: Server) -> None:
    answer = sign_up(server)
    id = answer.headers["X-Exchange"]
    recorded, client_side = view_of(answer), as_client_saw(answer)
    assert recorded.exchange.id == id
    for exchange in (recorded.exchange, client_side):
        assert "x-exchange" not in dict(exchange.response_headers)
        assert id not in exchange.as_text() + exchange.as_html()


def test_an_id_of_another_server_is_not_taken_for_ours(server: Server) -> None:
    answer = sign_up(server)
    for id in ("0123456789abcdef", ""):
        answer.headers["X-Exchange"] = id
        assert view_of(answer).note == CLIENT_SIDE


def test_two_bodies_that_the_route_never_read_are_told_apart(server: Server) -> None:
    server.endpoint("signup")(hello)
    short, long = sign_up(server), sign_up(server, email="grace.brewster@trax.test")
    assert view_of(short).exchange is server.exchanges[0]
    assert view_of(long).exchange is server.exchanges[1]


def test_a_response_from_elsewhere_is_shown_as_the_client_saw_it(server: Server) -> None:
    answer = sign_up(server)
    server.exchanges.clear()
    shown = view_of(answer)
    assert CLIENT_SIDE in shown.as_text()
    assert shown.exchange.status == 201
    assert shown.exchange.json()["email"] == ADA["email"]
    assert len(shown.exchange.cookies) == 1


def test_rows_are_those_of_the_table_as_they_stand_there(server: Server) -> None:
    sign_up(server)
    (row,) = server.rows("users")
    assert row["email"] == ADA["email"]
    assert row["password"].startswith("hmac-sha384$$2b$04$")
    with pytest.raises(ValueError, match="'accounts'; there are users"):
        server.rows("accounts")


def test_each_crash_belongs_to_its_own_exchange(server: Server) -> None:
    @server.endpoint("signup")
    async def signup(request: Request) -> Response:
        raise RuntimeError((await request.json())["email"])

    answers = [sign_up(server, email=f"{name}@trax.test") for name in ("ada", "grace", "linus")]
    reports = [view_of(answer).crash.error for answer in answers]
    assert reports == [f"RuntimeError: {name}@trax.test" for name in ("ada", "grace", "linus")]


def test_a_route_is_shown_as_its_code(server: Server, capsys: pytest.CaptureFixture) -> None:
    def documented(request: Request) -> Response:
        """Say nothing of this line."""
        return JSONResponse({"a": "<b>"})

    shown = source_of(documented)
    lines = shown.as_text().splitlines()
    assert lines[0].startswith("def documented(") and "Say nothing" not in shown.as_text()
    assert shown.as_text() == source_of(Route("/", documented)).as_text()
    assert "&lt;b&gt;" in shown.as_html() and 'class="keyword"' in shown.as_html()
    show(documented)
    assert "def documented(" in capsys.readouterr().out
    with pytest.raises(TypeError, match="show takes responses, functions or routes, not a dict"):
        show({})
