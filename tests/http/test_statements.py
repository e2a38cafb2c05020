"""The number of SQL statements of a request."""

import pytest
import requests
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from classroom.lessons.statements import count_statements
from classroom.server.server import Server
from minisrv.db.models import User
from tests.support.lesson_server import server as server


def test_each_query_of_a_route_counts_and_no_database_is_none(server: Server) -> None:
    @server.endpoint("me")
    async def me(request: Request) -> Response:
        with request.app.state.database() as session:
            return JSONResponse([session.get(User, number) for number in (1, 2, 3)])

    def ask(path: str) -> object:
        return requests.get(server.url + path, timeout=60)

    assert count_statements(server, lambda: ask("/api/me")) == 3
    assert count_statements(server, lambda: ask("/openapi.json")) == 0


def test_nothing_is_counted_after_an_error(server: Server) -> None:
    with pytest.raises(ZeroDivisionError):
        count_statements(server, lambda: 1 / 0)
    assert count_statements(server, lambda: None) == 0
