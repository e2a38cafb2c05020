"""Fields that no form has: a route that takes them all, and one that names those it takes."""

import pytest
import requests
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from classroom.server.server import Server
from classroom.weak_routes.user_with_role import UserWithRole, make_table
from minisrv.db import models
from minisrv.routes.signup import LADDER
from tests.support.lesson_server import server as server

MALLORY = {"email": "mallory@evil.test", "password": "nothing to see here"}
MORE = {"is_admin": True, "id": 2**63 - 1}
GRACE = {"email": "grace@trax.test", "password": "harbour lights after rain"}


async def all_fields(request: Request) -> Response:
    user = UserWithRole(**await request.json())
    models.add(request.app.state.database, user)
    return JSONResponse(user.public(), 201)


async def named_fields(request: Request) -> Response:
    body = await request.json()
    user = UserWithRole(email=body["email"], password=body["password"])
    models.add(request.app.state.database, user)
    return JSONResponse(user.public(), 201)


def post(server: Server, body: dict[str, object]) -> requests.Response:
    return requests.post(server.url + "/api/signup", json=body, timeout=60)


def test_mass_assignment_makes_an_administrator_and_uses_up_the_numbers(server: Server) -> None:
    make_table(server.running.shared.engine)
    server.plug("signup", all_fields)
    said = post(server, MALLORY | MORE).json()
    assert (said["id"], said["is_admin"]) == (2**63 - 1, True)
    assert post(server, GRACE).status_code == 500
    assert "database or disk is full" in str(server.crash)
    assert "in your cell" not in str(server.crash)  # no lines of SQLAlchemy's


def test_mass_assignment_changes_nothing_where_the_fields_are_named(server: Server) -> None:
    make_table(server.running.shared.engine)
    server.plug("signup", named_fields)
    said = post(server, MALLORY | MORE).json()
    assert (said["id"], said["is_admin"]) == (1, False)
    assert post(server, GRACE).json()["id"] == 2


@pytest.mark.filterwarnings("ignore::jwt.InsecureKeyLengthWarning")
@pytest.mark.parametrize("rung", ["as_taught", "reference"])
def test_mass_assignment_changes_nothing_at_the_tutorials_route_and_at_ours(
    server: Server, rung: str
) -> None:
    server.plug("signup", LADDER[rung])
    assert post(server, MALLORY | MORE).json()["id"] == 1
    (row,) = server.rows("users")
    assert row["id"] == 1


def test_the_servers_own_table_is_back_after_a_reset(server: Server) -> None:
    make_table(server.running.shared.engine)
    server.reset()
    assert post(server, GRACE).status_code == 201
