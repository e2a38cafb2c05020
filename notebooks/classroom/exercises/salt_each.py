"""Exercise of lesson 02: give every account its own salt."""

import hashlib
import secrets

import bcrypt
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from classroom.checking.exercise import Exercise, Wrong
from classroom.checking.visit import Visit
from minisrv.db import models
from minisrv.db.models import User

PASSWORD = "midnight train to georgia"
ONE_SALT = bcrypt.gensalt(4)


def check(visit: Visit) -> None:
    """Sign two people up with one password, read the stolen table, then sign in."""
    for email in ("ada@trax.test", "grace@trax.test"):
        answer = visit.sign_up(email, PASSWORD)
        visit.expect(answer.status < 300, "a new account is answered with a status from 200 on")
    stored = [str(row["password"]) for row in visit.stolen_table()]
    visit.expect(len(stored) == 2, "both accounts are in the table")
    visit.expect(
        not any(PASSWORD in text for text in stored), "the password itself is not in the table"
    )
    visit.expect(
        stored[0] != stored[1], "two people with one password have different entries in the table"
    )
    right = visit.sign_in("ada@trax.test", PASSWORD)
    visit.expect(right.status == 200, "Ada can still sign in with her password", right)
    wrong = visit.sign_in("ada@trax.test", PASSWORD + "!")
    visit.expect(wrong.status == 401, "nobody can sign in as Ada with another password", wrong)


async def solution(request: Request) -> Response:
    body = await request.json()
    hashed = bcrypt.hashpw(body["password"].encode(), bcrypt.gensalt())
    user = User(email=body["email"], password=hashed.decode())
    models.add(request.app.state.database, user)
    return JSONResponse(user.public(), 201)


async def alternative(request: Request) -> Response:
    body = await request.json()
    salt = bcrypt.gensalt(rounds=10)  # on its own line, as in the tutorial
    user = User(email=body["email"], password=bcrypt.hashpw(body["password"].encode(), salt))
    user.password = user.password.decode()
    models.add(request.app.state.database, user)
    return JSONResponse(user.public(), 201)


async def _store(request: Request, password: str) -> Response:
    user = User(email=(await request.json())["email"], password=password)
    models.add(request.app.state.database, user)
    return JSONResponse(user.public(), 201)


async def no_salt(request: Request) -> Response:
    password = (await request.json())["password"]
    return await _store(request, hashlib.sha256(password.encode()).hexdigest())


async def one_salt(request: Request) -> Response:
    password = (await request.json())["password"]
    return await _store(request, bcrypt.hashpw(password.encode(), ONE_SALT).decode())


async def salt_beside_the_password(request: Request) -> Response:
    password = (await request.json())["password"]
    return await _store(request, secrets.token_hex(16) + password)


async def salt_thrown_away(request: Request) -> Response:
    password = (await request.json())["password"]
    salted = secrets.token_bytes(16) + password.encode()
    return await _store(request, hashlib.sha256(salted).hexdigest())


EXERCISE = Exercise(
    id="salt-each",
    title="A salt for each account",
    endpoint="signup",
    check=check,
    hints=(
        "Look at what your route writes into the column `password`.",
        "bcrypt.hashpw takes the password as bytes, and a salt from bcrypt.gensalt().",
        "Call bcrypt.gensalt() inside the function, and decode() what hashpw returns.",
    ),
    solution=solution,
    alternative=alternative,
    wrong=(
        Wrong(no_salt, "different entries"),
        Wrong(one_salt, "different entries"),
        Wrong(salt_beside_the_password, "is not in the table"),
        Wrong(salt_thrown_away, "can still sign in"),
    ),
    afterthought="Two people, one password: equal entries in the table betray them.\n"
    "So something must differ per account, and sign-in must find it again:\n"
    "bcrypt writes the salt into its result.",
)
