"""Exercise of lesson 02: all hashes differ, and still an attacker can compute them in advance."""

import asyncio
import hashlib
import secrets

import bcrypt
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from classroom.checking.bcrypt_calls import quick_hashes
from classroom.checking.exercise import Exercise, Wrong
from classroom.checking.salts import changed_bits, rewound, salt_in, salt_of, varying_bits
from classroom.checking.visit import Visit
from classroom.exercises.salt_each import RANDOM_BITS, expect_random_bytes, expect_readable
from minisrv.db import models
from minisrv.db.models import User

PASSWORD = "midnight train to georgia"
PEOPLE = ["ada@trax.test", *(f"user{number}@trax.test" for number in range(1, 20))]
IN_THE_CODE = b"$2b$04$" + b"TRAXsaltTRAXsaltTRAXsu"


def check(visit: Visit) -> None:
    """The attacker runs the same code at home, a week before the leak, and compares."""
    with quick_hashes():
        at_home = _salts(visit)
        leak = _salts(visit)
        common = len(set(at_home) & set(leak))
        visit.expect(
            not common,
            "a salt that was computed at home before the leak is not in the stolen table",
        )
        visit.expect(len(set(leak)) == len(PEOPLE), "each account has a salt of its own")
        bits = min(varying_bits(leak), changed_bits(at_home, leak))
        visit.expect(
            bits >= RANDOM_BITS,
            f"a salt has {RANDOM_BITS} random bits or more (here {bits} bits vary), "
            "so that nobody computes all of them in a week",
        )
        expect_random_bytes(visit, PASSWORD)
        right = visit.sign_in(PEOPLE[0], PASSWORD)
        visit.expect(right.status == 200, "Ada can still sign in with her password", right)


def _salts(visit: Visit) -> list[int]:
    """Sign all people up at the same hour, and return the salts in the table."""
    visit.start_over()
    with rewound():
        for email in PEOPLE:
            answer = visit.sign_up(email, PASSWORD)
            visit.expect(answer.status < 300, "a new account is answered with 2xx", answer)
    stored = [row["password"] for row in visit.stolen_table()]
    visit.expect(len(stored) == len(PEOPLE), "each account is in the table")
    expect_readable(visit, stored)
    return [salt for entry in stored if (salt := salt_in(entry)) is not None]


async def _store(request: Request, body: dict, hashed: bytes) -> Response:
    user = User(email=body["email"], password=hashed.decode())
    models.add(request.app.state.database, user)
    return JSONResponse(user.public(), 201)


async def solution(request: Request) -> Response:
    body = await request.json()
    letters = secrets.token_hex(11)[:21]  # random, from the operating system
    salt = f"$2b$12${letters}.".encode()
    hashed = bcrypt.hashpw(body["password"].encode(), salt)
    user = User(email=body["email"], password=hashed.decode())
    models.add(request.app.state.database, user)
    return JSONResponse(user.public(), 201)


async def alternative(request: Request) -> Response:
    body = await request.json()
    salt = bcrypt.gensalt()  # 128 random bits from the operating system
    # In a thread, so that nobody else has to wait (lesson 03).
    hashed = await asyncio.to_thread(bcrypt.hashpw, body["password"].encode(), salt)
    user = User(email=body["email"], password=hashed.decode())
    models.add(request.app.state.database, user)
    return JSONResponse(user.public(), 201)


async def from_the_address(request: Request) -> Response:
    body = await request.json()
    salt = salt_of(hashlib.sha256(body["email"].encode()).digest()[:16])
    return await _store(request, body, bcrypt.hashpw(body["password"].encode(), salt))


async def from_the_password(request: Request) -> Response:
    body = await request.json()
    salt = salt_of(hashlib.sha256(body["password"].encode()).digest()[:16])
    return await _store(request, body, bcrypt.hashpw(body["password"].encode(), salt))


async def one_in_the_code(request: Request) -> Response:
    body = await request.json()
    return await _store(request, body, bcrypt.hashpw(body["password"].encode(), IN_THE_CODE))


async def random_and_lost(request: Request) -> Response:
    body = await request.json()
    salted = secrets.token_bytes(16) + body["password"].encode()
    return await _store(request, body, hashlib.sha256(salted).hexdigest().encode())


FRAME = """\
import secrets

import bcrypt

from minisrv.db import models
from minisrv.db.models import User


@server.endpoint("signup")
async def signup(request):
    body = await request.json()
    letters = ...  # 21 letters and digits that nobody can compute
    salt = f"$2b$12${letters}.".encode()
    hashed = bcrypt.hashpw(body["password"].encode(), salt)
    user = User(email=body["email"], password=hashed.decode())
    models.add(request.app.state.database, user)
    return JSONResponse(user.public(), 201)
"""

EXERCISE = Exercise(
    id="salt-guessable",
    title="Different is not enough",
    endpoint="signup",
    check=check,
    hints=(
        "Where does the salt come from, and who else knows that?",
        "With your code and an address, an attacker makes the same salt at home, in advance.",
        "The gap is secrets.token_hex(11)[:21], which asks the operating system for random bytes.",
    ),
    solution=solution,
    alternative=alternative,
    wrong=(
        Wrong(from_the_address, "computed at home before the leak"),
        Wrong(from_the_password, "computed at home before the leak"),
        Wrong(one_in_the_code, "computed at home before the leak"),
        Wrong(random_and_lost, "that bcrypt.hashpw returns (it is another form)"),
    ),
    afterthought="Assume that the attacker has your source code: only keys and data are secret.\n"
    "A salt that can be computed can be computed in advance, for chosen victims.",
    alternative_lead="Another right answer, which leaves the salt to bcrypt:",
    frame=FRAME,
)
