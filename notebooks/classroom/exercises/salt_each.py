"""Exercise of lesson 02: give every account its own salt."""

import asyncio
import hashlib
import secrets

import bcrypt
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from classroom.checking.bcrypt_calls import quick_hashes
from classroom.checking.exercise import Exercise, Wrong
from classroom.checking.salts import counting_random_bytes, salt_in
from classroom.checking.visit import Visit
from minisrv.db import models
from minisrv.db.models import User

PASSWORD = "midnight train to georgia"
TYPED = " The BRIDGE, Größe 3 "  # capitals, letters beyond ASCII, blanks at both ends
MANY = 64
RANDOM_BITS = 32  # at least, in a salt (NIST SP 800-63B-4 §3.1.1.2); bcrypt has 128
ONE_SALT = bcrypt.gensalt(4)


def check(visit: Visit) -> None:
    """Sign people up with one password, read the stolen table, then sign in."""
    with quick_hashes():
        for email in ("ada@trax.test", "grace@trax.test"):
            answer = visit.sign_up(email, PASSWORD)
            visit.expect(answer.status < 300, "a new account is answered with 2xx", answer)
        stored = [row["password"] for row in visit.stolen_table()]
        visit.expect(len(stored) == 2, "both accounts are in the table")
        visit.expect(
            not any(PASSWORD in str(entry) for entry in stored),
            "the password itself is not in the table",
        )
        visit.expect(
            stored[0] != stored[1],
            "two people with one password have different entries in the table",
        )
        expect_readable(visit, stored)
        _expect_passwords_work(visit)
        _expect_new_salts(visit, {salt_in(entry) for entry in stored})


def expect_readable(visit: Visit, stored: list[object]) -> None:
    """Raise NotYet unless each entry is a text from which our sign-in can read the salt."""
    for entry in stored:
        kind = "bytes; decode() makes text of them" if isinstance(entry, bytes) else "another form"
        visit.expect(
            salt_in(entry) is not None,
            f"each entry is text of the form that bcrypt.hashpw returns (it is {kind})",
        )


def _expect_passwords_work(visit: Visit) -> None:
    visit.sign_up("hedy@trax.test", TYPED)
    for email, password in (("ada@trax.test", PASSWORD), ("hedy@trax.test", TYPED)):
        right = visit.sign_in(email, password)
        visit.expect(right.status == 200, f"{email} can sign in with the password as typed", right)
        wrong = visit.sign_in(email, password + "!")
        visit.expect(wrong.status == 401, "nobody can sign in with another password", wrong)


def _expect_new_salts(visit: Visit, before: set[int | None]) -> None:
    visit.start_over()
    for number in range(MANY):
        visit.sign_up("ada@trax.test" if number == 0 else f"user{number}@trax.test", PASSWORD)
    salts = [salt_in(row["password"]) for row in visit.stolen_table()]
    visit.expect(len(set(salts)) == MANY, f"{MANY} accounts have {MANY} different salts")
    visit.expect(
        not before & set(salts), "an account that is made again has a new salt, and no old one"
    )
    expect_random_bytes(visit, PASSWORD)


def expect_random_bytes(visit: Visit, password: str) -> None:
    """Raise NotYet unless a sign-up draws random bytes, and does not compute a salt of others."""
    with counting_random_bytes() as ours:
        visit.get("/health")  # the server itself draws some for each request
    visit.start_over()
    with counting_random_bytes() as drawn:
        visit.sign_up("ada@trax.test", password)
    visit.expect(
        8 * (sum(drawn) - sum(ours)) >= RANDOM_BITS,
        "each sign-up takes new random bytes from the operating system (bcrypt.gensalt, secrets)",
    )


async def solution(request: Request) -> Response:
    body = await request.json()
    password = body["password"].encode()
    salt = bcrypt.gensalt()  # a new one for each account
    hashed = bcrypt.hashpw(password, salt)
    user = User(email=body["email"], password=hashed.decode())
    models.add(request.app.state.database, user)
    return JSONResponse(user.public(), 201)


async def alternative(request: Request) -> Response:
    body = await request.json()
    salt = bcrypt.gensalt(rounds=12)  # the tutorial, too, has a line of its own for it
    # In a thread, so that nobody else has to wait (lesson 03).
    hashed = await asyncio.to_thread(bcrypt.hashpw, body["password"].encode(), salt)
    user = User(email=body["email"], password=hashed.decode())
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


FRAME = """\
import bcrypt

from minisrv.db import models
from minisrv.db.models import User


@server.endpoint("signup")
async def signup(request):
    body = await request.json()
    password = body["password"].encode()
    salt = ...
    hashed = ...
    user = User(email=body["email"], password=hashed.decode())
    models.add(request.app.state.database, user)
    return JSONResponse(user.public(), 201)
"""

EXERCISE = Exercise(
    id="salt-each",
    title="A salt for each account",
    endpoint="signup",
    check=check,
    hints=(
        "Look at what your route writes into the column `password`.",
        "bcrypt.hashpw takes the password as bytes, and a salt from bcrypt.gensalt().",
        "The first gap is bcrypt.gensalt(), and the second is bcrypt.hashpw(password, salt).",
    ),
    solution=solution,
    alternative=alternative,
    wrong=(
        Wrong(no_salt, "different entries"),
        Wrong(one_salt, "different entries"),
        Wrong(salt_beside_the_password, "is not in the table"),
        Wrong(salt_thrown_away, "that bcrypt.hashpw returns (it is another form)"),
    ),
    afterthought="Two people, one password: equal entries in the table betray them.\n"
    "So something must differ per account, and sign-in must find it again:\n"
    "bcrypt writes the salt into its result.",
    frame=FRAME,
)
