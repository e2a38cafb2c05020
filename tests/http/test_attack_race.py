"""Eight requests for one address at once: at a route that looks first, then at ours.

The route that looks first hashes for a quarter of a second with bcrypt's usual cost, so all eight
have looked before one of them writes. Here they wait for each other instead, and hash quickly.

Left out: who of the eight wins; somebody does.
"""

import asyncio
from collections.abc import Awaitable, Callable

from sqlalchemy import select, text
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from classroom.attacks.race import RACERS, race
from classroom.server.server import Server
from minisrv.auth import passwords
from minisrv.db import models
from minisrv.db.models import User
from minisrv.errors import EmailTaken
from tests.support.lesson_server import server as server

ADA = {"email": "ada@trax.test", "password": "midnight train to georgia"}


def look_first() -> Callable[[Request], Awaitable[Response]]:
    """Return a route that looks, hashes and then writes."""
    all_have_looked = asyncio.Barrier(RACERS)

    async def signup(request: Request) -> Response:
        state, body = request.app.state, await request.json()
        with state.database() as session:
            if session.scalar(select(User).where(User.email == body["email"])):
                raise EmailTaken
        await all_have_looked.wait()
        hashed = await state.workers.run(passwords.hash, body["password"], 4)
        user = User(email=body["email"], password=hashed)
        models.add(state.database, user)
        return JSONResponse(user.public(), 201)

    return signup


def raced(server: Server) -> tuple[dict[int, int], int]:
    return race(server.url, ADA), len(server.rows("users"))


def test_a_race_makes_eight_accounts_where_the_route_looks_and_the_table_does_not(
    server: Server,
) -> None:
    server.plug("signup", look_first())
    with server.running.shared.engine.begin() as connection:
        connection.execute(text("DROP TABLE users"))
        without_unique = "CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT, password TEXT)"
        connection.execute(text(without_unique))
    assert raced(server) == ({201: RACERS}, RACERS)
    assert race(server.url, ADA, racers=1) == {409: 1}  # one after the other, it looks right


def test_a_race_makes_one_account_and_crashes_where_the_table_is_unique_and_the_route_looks(
    server: Server,
) -> None:
    server.plug("signup", look_first())
    assert raced(server) == ({201: 1, 500: RACERS - 1}, 1)


def test_a_race_makes_one_account_and_conflicts_at_ours(server: Server) -> None:
    assert raced(server) == ({201: 1, 409: RACERS - 1}, 1)
