"""Exercise of lesson 02: check a password with the salt that is part of the hash."""

import asyncio

import bcrypt
from sqlalchemy import select
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from classroom.checking.bcrypt_calls import quick_hashes
from classroom.checking.exercise import Exercise, Wrong
from classroom.checking.salts import with_another_digest
from classroom.checking.visit import Visit
from minisrv.db.models import User

ACCOUNTS = {
    "ada@trax.test": "midnight train",
    "grace@trax.test": "harbour lights",
    "hedy@trax.test": " The BRIDGE, Größe 3 ",
}
NEAR = (
    "midnight trail",
    "midnight trai",
    "midnight train ",
    " midnight train",
    "MIDNIGHT TRAIN",
    "",
)
NOBODY = ("linus@trax.test", "%", "ada@trax.tes_", "ada", "x' OR email = 'ada@trax.test")


def check(visit: Visit) -> None:
    """Make accounts as a seed script does; then sign in: right, wrong, nearly right, unknown."""
    with quick_hashes():
        stored = {
            email: bcrypt.hashpw(password.encode(), bcrypt.gensalt(4)).decode()
            for email, password in ACCOUNTS.items()
        }
        for email, entry in stored.items():
            visit.seed(email, entry)
        for email, password in ACCOUNTS.items():
            right = visit.sign_in(email, password)
            visit.expect(right.status == 200, f"{email} signs in with the right password", right)
        _expect_refused(visit)
        _expect_nobody(visit)
        copied = visit.sign_in("ada@trax.test", stored["ada@trax.test"])
        visit.expect(copied.status == 401, "the stored hash itself is no password", copied)
        expect_whole_digest(visit, stored["ada@trax.test"], ACCOUNTS["ada@trax.test"])


def _expect_refused(visit: Visit) -> None:
    wrong = visit.sign_in("ada@trax.test", ACCOUNTS["grace@trax.test"])
    visit.expect(wrong.status == 401, "Grace's password does not open Ada's account", wrong)
    for password in NEAR:
        near = visit.sign_in("ada@trax.test", password)
        visit.expect(near.status == 401, "a password that is nearly right is refused", near)


def _expect_nobody(visit: Visit) -> None:
    unknown = visit.sign_in(NOBODY[0], ACCOUNTS["ada@trax.test"])
    visit.expect(unknown.status == 401, "an address without an account is answered 401", unknown)
    for email in NOBODY[1:]:
        other = visit.sign_in(email, ACCOUNTS["ada@trax.test"])
        visit.expect(
            400 <= other.status < 500,
            "an address is compared as a value: it is no pattern and no SQL",
            other,
        )


def expect_whole_digest(visit: Visit, stored: str, password: str) -> None:
    """Raise NotYet if a hash that differs from `stored` in one letter is taken for the same."""
    for number, other in enumerate(with_another_digest(stored), start=1):
        email = f"other{number}@trax.test"
        visit.seed(email, other)
        answer = visit.sign_in(email, password)
        visit.expect(
            answer.status == 401,
            f"all 31 letters of the digest are compared (here letter {number} is another)",
            answer,
        )


async def solution(request: Request) -> Response:
    body = await request.json()
    with request.app.state.database() as session:
        user = session.scalar(select(User).where(User.email == body["email"]))
    if user is not None:
        password, stored = body["password"].encode(), user.password.encode()
        fits = bcrypt.hashpw(password, stored) == stored  # with the salt in `stored`
        if fits:
            return JSONResponse(user.public())
    return JSONResponse({"error": "E-mail address or password is wrong."}, 401)


async def alternative(request: Request) -> Response:
    body = await request.json()
    with request.app.state.database() as session:
        user = session.scalar(select(User).where(User.email == body["email"]))
    # With no account, check a hash of the accounts' cost that nothing fits: it takes as long, so
    # that nobody learns by the clock who has an account (lesson 05).
    stored = user.password if user else "$2b$12$" + "." * 53
    given = body["password"].encode()
    # In a thread, so that nobody else has to wait (lesson 03).
    right = await asyncio.to_thread(bcrypt.checkpw, given, stored.encode())
    if user and right:
        return JSONResponse(user.public())
    return JSONResponse({"error": "E-mail address or password is wrong."}, 401)


async def _answer(request: Request, matches) -> Response:
    body = await request.json()
    with request.app.state.database() as session:
        users = list(session.scalars(select(User).order_by(User.id)))
    user = next((user for user in users if user.email == body["email"]), None)
    if user and matches(body["password"].encode(), user.password.encode(), users):
        return JSONResponse(user.public())
    return JSONResponse({"error": "E-mail address or password is wrong."}, 401)


async def new_salt(request: Request) -> Response:
    return await _answer(
        request, lambda given, stored, users: bcrypt.hashpw(given, bcrypt.gensalt(4)) == stored
    )


async def compares_the_salt(request: Request) -> Response:
    return await _answer(
        request, lambda given, stored, users: bcrypt.hashpw(given, stored)[:29] == stored[:29]
    )


async def salt_of_the_first(request: Request) -> Response:
    return await _answer(
        request,
        lambda given, stored, users: bcrypt.hashpw(given, users[0].password.encode()) == stored,
    )


async def any_account(request: Request) -> Response:
    body = await request.json()
    with request.app.state.database() as session:
        users = list(session.scalars(select(User)))
    given = body["password"].encode()
    if any(bcrypt.checkpw(given, user.password.encode()) for user in users):
        return JSONResponse({"email": body["email"]})
    return JSONResponse({"error": "E-mail address or password is wrong."}, 401)


FRAME = """\
import bcrypt
from sqlalchemy import select

from minisrv.db.models import User


@server.endpoint("signin")
async def signin(request):
    body = await request.json()
    with request.app.state.database() as session:
        user = session.scalar(select(User).where(User.email == body["email"]))
    if user is not None:
        password, stored = body["password"].encode(), user.password.encode()
        fits = ...  # True if the password fits the stored hash
        if fits:
            return JSONResponse(user.public())
    return JSONResponse({"error": "E-mail address or password is wrong."}, 401)
"""

EXERCISE = Exercise(
    id="salt-verify",
    title="Check a password without a stored salt",
    endpoint="signin",
    check=check,
    hints=(
        "The salt was not lost: anatomy shows it in the stored hash.",
        "bcrypt.hashpw accepts a whole stored hash in place of a salt, and reads the salt in it.",
        "The gap is bcrypt.checkpw(password, stored), or that bcrypt.hashpw(…) is equal to stored.",
    ),
    solution=solution,
    alternative=alternative,
    wrong=(
        Wrong(new_salt, "ada@trax.test signs in"),
        Wrong(compares_the_salt, "does not open Ada's account"),
        Wrong(salt_of_the_first, "grace@trax.test signs in"),
        Wrong(any_account, "does not open Ada's account"),
    ),
    afterthought="A hash cannot be reversed, so do the same work again and compare.\n"
    "The same work needs the same salt: that is why it is stored in the hash.",
    frame=FRAME,
)
