"""Exercise of lesson 03: hash, and let no other request wait."""

import asyncio

import bcrypt
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from classroom.checking.exercise import Exercise, Wrong
from classroom.checking.visit import Visit
from minisrv.auth import passwords
from minisrv.db import models
from minisrv.db.models import User

PASSWORD = "midnight train to georgia"
PEOPLE = ("ada@trax.test", "grace@trax.test", "linus@trax.test")
ENOUGH = 5  # a frozen server gives one or two responses before the first hash begins


def check(visit: Visit) -> None:
    """Send three sign-ups at once, and GET /health again and again meanwhile."""
    visit.get("/health")
    answered, healthy = [], []

    def sign_up(email: str) -> None:
        answered.append(visit.sign_up(email, PASSWORD))

    def keep_asking() -> None:
        while not answered and len(healthy) < 1_000:
            healthy.append(visit.get("/health"))

    visit.at_once(*(lambda email=email: sign_up(email) for email in PEOPLE), keep_asking)
    for up in answered:
        visit.expect(up.status < 300, "each sign-up is answered with 2xx", up)
    stored = [str(row["password"]) for row in visit.stolen_table()]
    visit.expect(len(stored) == 3, "all three accounts are in the table when the response comes")
    costly = all("$12$" in text for text in stored)
    visit.expect(costly, "each hash has cost 12, and no cheaper one")
    visit.expect(
        sum(one.status == 200 for one in healthy) > ENOUGH,
        "GET /health is answered again and again while a sign-up is hashed",
        healthy[-1],
    )
    ada = visit.sign_in(PEOPLE[0], PASSWORD)
    visit.expect(ada.status == 200, "Ada can sign in", ada)


async def solution(request: Request) -> Response:
    body = await request.json()
    hashed = await request.app.state.workers.run(passwords.hash, body["password"], 12)
    user = User(email=body["email"], password=hashed)
    models.add(request.app.state.database, user)
    return JSONResponse(user.public(), 201)


async def alternative(request: Request) -> Response:
    body = await request.json()
    password, salt = body["password"].encode(), bcrypt.gensalt(12)
    hashed = await run_in_threadpool(bcrypt.hashpw, password, salt)
    user = User(email=body["email"], password=hashed.decode())
    await run_in_threadpool(models.add, request.app.state.database, user)
    return JSONResponse(user.public(), 201)


async def _store(request: Request, hashed: str) -> Response:
    user = User(email=(await request.json())["email"], password=hashed)
    models.add(request.app.state.database, user)
    return JSONResponse(user.public(), 201)


async def on_the_loop(request: Request) -> Response:
    return await _store(request, passwords.hash((await request.json())["password"], 12))


async def async_by_name(request: Request) -> Response:
    async def hash_it(password: str) -> str:
        return passwords.hash(password, 12)

    return await _store(request, await hash_it((await request.json())["password"]))


async def cheap(request: Request) -> Response:
    return await _store(request, passwords.hash((await request.json())["password"], 4))


async def answered_too_early(request: Request) -> Response:
    body, state = await request.json(), request.app.state

    async def later() -> None:
        hashed = await state.workers.run(passwords.hash, body["password"], 12)
        models.add(state.database, User(email=body["email"], password=hashed))

    state.later = {*getattr(state, "later", ()), asyncio.create_task(later())}
    return JSONResponse({"email": body["email"]}, 201)


EXERCISE = Exercise(
    id="hash-off-loop",
    title="Hash, and let nobody wait",
    endpoint="signup",
    check=check,
    hints=(
        "Which thread does the hashing, and what else does that thread have to do?",
        "`async def` alone moves nothing: only another thread leaves the event loop free.",
        "Write `await request.app.state.workers.run(passwords.hash, password, 12)`.",
    ),
    solution=solution,
    alternative=alternative,
    wrong=(
        Wrong(on_the_loop, "answered again and again"),
        Wrong(async_by_name, "answered again and again"),
        Wrong(cheap, "cost 12"),
        Wrong(answered_too_early, "all three accounts"),
    ),
    afterthought="The loop serves all requests, step by step; a long step stops them all.\n"
    "`await` helps only where another thread does the work.\n"
    "bcrypt releases Python's lock while it hashes, so a thread is enough.",
)
