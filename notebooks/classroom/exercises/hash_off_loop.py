"""Exercise of lesson 03: hash, and let no other request wait."""

import asyncio

import bcrypt
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from classroom.attacks.frozen import frozen_by
from classroom.checking.exercise import Exercise, Wrong
from classroom.checking.visit import Visit
from classroom.exchanges.exchange import Exchange
from minisrv.auth import passwords
from minisrv.db import models
from minisrv.db.models import User

PASSWORD = "midnight train to georgia"
PEOPLE = ("ada@trax.test", "grace@trax.test", "linus@trax.test")
COST = 12
NOT_FROZEN = "GET /health is answered while a password is hashed"


def check(visit: Visit) -> None:
    """Send three sign-ups at once, and GET /health while each of them is hashed."""
    stored: dict[str, str] = {}

    def sign_up(email: str) -> Exchange:
        answer = visit.sign_up(email, PASSWORD)
        rows = {row["email"]: row["password"] for row in visit.stolen_table()}
        stored[email] = str(rows.get(email, ""))  # in the table when the response has come
        return answer

    ups, frozen = frozen_by(visit, COST, [lambda email=email: sign_up(email) for email in PEOPLE])
    visit.expect(ups or not frozen, NOT_FROZEN)
    for up in ups:
        visit.expect(up.status < 300, "each sign-up is answered with 2xx", up)
    entries = list(stored.values())
    visit.expect(all(entries), "each account is in the table when the response comes", ups[-1])
    text = not any(entry.startswith("b'") for entry in entries)
    visit.expect(text, "each entry is text; decode() makes text of the bytes of bcrypt", ups[-1])
    costly = all(f"${COST}$" in entry for entry in entries)
    visit.expect(costly, f"each hash has cost {COST}, and no cheaper one", ups[-1])
    visit.expect(not frozen, f"{NOT_FROZEN}; here it waited for the hash of a sign-up", ups[-1])
    visit.expect(len(set(entries)) == len(PEOPLE), "each account has a hash of its own", ups[-1])
    for entry in entries:
        right = passwords.verify(PASSWORD, entry, COST)
        visit.expect(right, "the password's hash is in the table when the response comes", ups[-1])
    ada = visit.sign_in(PEOPLE[0], PASSWORD)
    visit.expect(ada.status == 200, "Ada can sign in", ada)


async def solution(request: Request) -> Response:
    body = await request.json()
    hashed = await request.app.state.workers.run(passwords.hash, body["password"], 12)
    user = User(email=body["email"], password=hashed)
    await asyncio.to_thread(models.add, request.app.state.database, user)
    return JSONResponse(user.public(), 201)


async def alternative(request: Request) -> Response:
    body = await request.json()
    password, salt = body["password"].encode(), bcrypt.gensalt(12)
    hashed = await asyncio.to_thread(bcrypt.hashpw, password, salt)
    user = User(email=body["email"], password=hashed.decode())
    await asyncio.to_thread(models.add, request.app.state.database, user)
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


FRAME = """\
import asyncio

from minisrv.auth import passwords
from minisrv.db import models
from minisrv.db.models import User


@server.endpoint("signup")
async def signup(request):
    body = await request.json()
    hashed = ...
    user = User(email=body["email"], password=hashed)
    await asyncio.to_thread(models.add, request.app.state.database, user)
    return JSONResponse(user.public(), 201)
"""

EXERCISE = Exercise(
    id="hash-off-loop",
    title="Hash, and let nobody wait",
    endpoint="signup",
    check=check,
    hints=(
        "Which thread does the hashing, and what else does that thread have to do?",
        "`async def` alone moves nothing: only another thread leaves the event loop free.",
        'The gap is `await request.app.state.workers.run(passwords.hash, body["password"], 12)`.',
    ),
    solution=solution,
    frame=FRAME,
    alternative=alternative,
    wrong=(
        Wrong(on_the_loop, "answered while a password is hashed"),
        Wrong(async_by_name, "answered while a password is hashed"),
        Wrong(cheap, "cost 12"),
        Wrong(answered_too_early, "in the table when the response comes"),
    ),
    afterthought="The loop serves all requests, step by step; a long step stops them all.\n"
    "`await` helps only where another thread does the work.\n"
    "bcrypt releases Python's lock while it hashes, so a thread is enough.",
)
