"""Exercise of lesson 02: all hashes differ, and still an attacker can compute them in advance."""

import base64
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
IN_THE_CODE = b"$2b$04$" + b"TRAXsaltTRAXsaltTRAXsu"


def check(visit: Visit) -> None:
    """The attacker runs the same code at home, a week before the leak, and compares."""
    visit.sign_up("ada@trax.test", PASSWORD)
    at_home = {row["password"] for row in visit.stolen_table()}
    visit.start_over()
    for email in ("ada@trax.test", "grace@trax.test"):
        answer = visit.sign_up(email, PASSWORD)
        visit.expect(answer.status < 300, "a new account is answered with a status from 200 on")
    leak = [row["password"] for row in visit.stolen_table()]
    visit.expect(
        not at_home & set(leak),
        "a hash that was made at home before the leak is not found in the stolen table",
    )
    visit.expect(len(set(leak)) == 2, "two people with one password have different entries")
    right = visit.sign_in("ada@trax.test", PASSWORD)
    visit.expect(right.status == 200, "Ada can still sign in with her password", right)


async def _store(request: Request, body: dict, hashed: bytes) -> Response:
    user = User(email=body["email"], password=hashed.decode())
    models.add(request.app.state.database, user)
    return JSONResponse(user.public(), 201)


async def solution(request: Request) -> Response:
    body = await request.json()
    salt = bcrypt.gensalt()
    user = User(
        email=body["email"], password=bcrypt.hashpw(body["password"].encode(), salt).decode()
    )
    models.add(request.app.state.database, user)
    return JSONResponse(user.public(), 201)


async def alternative(request: Request) -> Response:
    body = await request.json()
    salt = b"$2b$10$" + _bcrypt64(secrets.token_bytes(16))  # by hand, as gensalt does it
    user = User(
        email=body["email"], password=bcrypt.hashpw(body["password"].encode(), salt).decode()
    )
    models.add(request.app.state.database, user)
    return JSONResponse(user.public(), 201)


def _bcrypt64(raw: bytes) -> bytes:
    """Return 16 bytes as the 22 characters of bcrypt's own base64 alphabet."""
    ours = b"./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    usual = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    return base64.b64encode(raw)[:22].translate(bytes.maketrans(usual, ours))


async def from_the_address(request: Request) -> Response:
    body = await request.json()
    salt = b"$2b$04$" + _bcrypt64(hashlib.sha256(body["email"].encode()).digest()[:16])
    return await _store(request, body, bcrypt.hashpw(body["password"].encode(), salt))


async def from_the_password(request: Request) -> Response:
    body = await request.json()
    salt = b"$2b$04$" + _bcrypt64(hashlib.sha256(body["password"].encode()).digest()[:16])
    return await _store(request, body, bcrypt.hashpw(body["password"].encode(), salt))


async def one_in_the_code(request: Request) -> Response:
    body = await request.json()
    return await _store(request, body, bcrypt.hashpw(body["password"].encode(), IN_THE_CODE))


async def random_and_lost(request: Request) -> Response:
    body = await request.json()
    salted = secrets.token_bytes(16) + body["password"].encode()
    return await _store(request, body, hashlib.sha256(salted).hexdigest().encode())


EXERCISE = Exercise(
    id="salt-guessable",
    title="Different is not enough",
    endpoint="signup",
    check=check,
    hints=(
        "Where does the salt come from, and who else knows that?",
        "With your code and an address, an attacker makes the same salt at home, in advance.",
        "Take the salt from bcrypt.gensalt(), which asks the operating system for random bytes.",
    ),
    solution=solution,
    alternative=alternative,
    wrong=(
        Wrong(from_the_address, "made at home before the leak"),
        Wrong(from_the_password, "made at home before the leak"),
        Wrong(one_in_the_code, "made at home before the leak"),
        Wrong(random_and_lost, "can still sign in"),
    ),
    afterthought="Assume that the attacker has your source code: only keys and data are secret.\n"
    "A salt that can be computed can be computed in advance, for chosen victims.",
)
