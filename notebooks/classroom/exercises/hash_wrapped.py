"""Exercise of lesson 03: open a wrapped hash at a sign-in, and replace it."""

import asyncio
from hashlib import sha256

import bcrypt
from sqlalchemy import select
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from classroom.checking.bcrypt_calls import quick_hashes
from classroom.checking.exercise import Exercise, Wrong
from classroom.checking.salts import salt_in
from classroom.checking.visit import Visit
from minisrv.auth import passwords
from minisrv.db.models import User

WRAPPED = {
    "tim@trax.test": "sunshine",
    "ada@trax.test": "midnight train to georgia",
    "grace@trax.test": " Café noir, at midnight ",
}
HEDY, DIRECT = "hedy@trax.test", "frequency hopping all night"


def wrap(password: str, number: int) -> str:
    """Return the mark, a salt in hex, and bcrypt of SHA-256 of salt and password."""
    salt = bytes([number]) * 16
    inner = bcrypt.hashpw(digest_of(password, salt).encode(), bcrypt.gensalt(4))
    return f"sha256${salt.hex()}${inner.decode()}"


def digest_of(password: str, salt: bytes) -> str:
    """Return what the old service stored for the password."""
    return sha256(salt + password.encode()).hexdigest()


def check(visit: Visit) -> None:
    """Sign in to wrapped accounts with wrong passwords, then with the right ones, twice."""
    with quick_hashes():
        for number, (email, password) in enumerate(WRAPPED.items()):
            visit.seed(email, wrap(password, number))
        visit.seed(HEDY, passwords.hash(DIRECT, 4))
        _expect_refused(visit)
        for email, password in WRAPPED.items():
            right = visit.sign_in(email, password)
            visit.expect(right.status == 200, f"{email} signs in with the right password", right)
        _expect_replaced(visit)
        for email, password in [*WRAPPED.items(), (HEDY, DIRECT)]:
            again = visit.sign_in(email, password)
            visit.expect(again.status == 200, f"{email} signs in with a direct hash, too", again)
            wrong = visit.sign_in(email, password + "!")
            visit.expect(wrong.status == 401, "a wrong password is answered 401, later too", wrong)


def stored(visit: Visit) -> dict[str, str]:
    """Return the stored text of each account."""
    return {str(row["email"]): str(row["password"]) for row in visit.stolen_table()}


def _expect_refused(visit: Visit) -> None:
    before = stored(visit)
    for number, (email, password) in enumerate(WRAPPED.items()):
        wrong = visit.sign_in(email, password + "!")
        visit.expect(wrong.status == 401, "a wrong password is answered 401", wrong)
        leaked = visit.sign_in(email, digest_of(password, bytes([number]) * 16))
        visit.expect(
            leaked.status == 401,
            "the old digest, from a backup, is answered 401 when it is typed as the password",
            leaked,
        )
    nobody = visit.sign_in("linus@trax.test", "sunshine")
    visit.expect(nobody.status == 401, "an address without an account is answered 401", nobody)
    visit.expect(stored(visit) == before, "a wrong password leaves the stored text as it is")


def _expect_replaced(visit: Visit) -> None:
    after = stored(visit)
    for email, password in WRAPPED.items():
        text = after[email]
        visit.expect(
            text.startswith(passwords.SCHEME) and salt_in(text) is not None,
            "after a sign-in the stored text is what passwords.hash returns",
        )
        visit.expect(
            passwords.verify(password, text, 4),
            "the new hash is that of the password, and not that of its digest",
        )


async def solution(request: Request) -> Response:
    body = await request.json()
    with request.app.state.database.begin() as session:  # writes at its end
        user = session.scalar(select(User).where(User.email == body["email"]))
        given, stored = body["password"], user.password if user else None
        if user and stored.startswith("sha256$"):
            mark, salt, stored = stored.split("$", 2)
            given = sha256(bytes.fromhex(salt) + given.encode()).hexdigest()
        if not passwords.verify(given, stored, 6):
            return JSONResponse({"error": "E-mail address or password is wrong."}, 401)
        user.password = passwords.hash(body["password"], 6)
        return JSONResponse(user.public())


async def alternative(request: Request) -> Response:
    body = await request.json()
    email, password = body["email"], body["password"]
    with request.app.state.database() as session:
        user = session.scalar(select(User).where(User.email == email))
    given, stored = password, user.password if user else None
    if wrapped := bool(user) and stored.startswith("sha256$"):
        _, salt, stored = stored.split("$", 2)
        given = sha256(bytes.fromhex(salt) + password.encode()).hexdigest()
    # In threads, so that nobody else waits.
    if not await asyncio.to_thread(passwords.verify, given, stored, 12):
        return JSONResponse({"error": "E-mail address or password is wrong."}, 401)
    if wrapped:
        better = await asyncio.to_thread(passwords.hash, password, 12)
        with request.app.state.database.begin() as session:
            session.get(User, user.id).password = better
    return JSONResponse(user.public())


def _route(digest: object, replace: object) -> object:
    """Return a sign-in with the two gaps: `digest(salt, password)`, `replace(given, password)`."""

    async def signin(request: Request) -> Response:
        body = await request.json()
        with request.app.state.database.begin() as session:
            user = session.scalar(select(User).where(User.email == body["email"]))
            given, text = body["password"], user.password if user else None
            if user and text.startswith("sha256$"):
                _, salt, text = text.split("$", 2)
                given = digest(salt, given)
            if not passwords.verify(given, text, 6):
                return JSONResponse({"error": "E-mail address or password is wrong."}, 401)
            user.password = replace(given, body["password"]) or user.password
            return JSONResponse(user.public())

    return signin


def _right(salt: str, password: str) -> str:
    return digest_of(password, bytes.fromhex(salt))


def _better(given: str, password: str) -> str:
    return passwords.hash(password, 6)


never_replaced = _route(_right, lambda given, password: None)
without_the_salt = _route(lambda salt, password: digest_of(password, b""), _better)
salt_as_text = _route(lambda salt, password: digest_of(password, salt.encode()), _better)
digest_hashed = _route(_right, lambda given, password: passwords.hash(given, 6))


FRAME = """\
from hashlib import sha256

from sqlalchemy import select

from minisrv.auth import passwords
from minisrv.db.models import User


@server.endpoint("signin")
async def signin(request):
    body = await request.json()
    with request.app.state.database.begin() as session:  # writes at its end
        user = session.scalar(select(User).where(User.email == body["email"]))
        given, stored = body["password"], user.password if user else None
        if user and stored.startswith("sha256$"):
            mark, salt, stored = stored.split("$", 2)
            given = ...
        if not passwords.verify(given, stored, 6):
            return JSONResponse({"error": "E-mail address or password is wrong."}, 401)
        user.password = ...
        return JSONResponse(user.public())
"""

EXERCISE = Exercise(
    id="hash-wrapped",
    title="Open a wrapped hash, and replace it",
    endpoint="signin",
    check=check,
    hints=(
        "Look at the cell that opened Tim's wrapped hash.",
        "The old work is SHA-256 of the salt's bytes and the password's bytes, as hexdigest().",
        "The first gap is sha256(bytes.fromhex(salt) + given.encode()).hexdigest(), the second "
        'passwords.hash(body["password"], 6).',
    ),
    solution=solution,
    frame=FRAME,
    alternative=alternative,
    wrong=(
        Wrong(never_replaced, "the stored text is what passwords.hash returns"),
        Wrong(without_the_salt, "tim@trax.test signs in with the right password"),
        Wrong(salt_as_text, "tim@trax.test signs in with the right password"),
        Wrong(digest_hashed, "and not that of its digest"),
    ),
    afterthought="An old hash need not wait for its owner: wrap it today, and replace it at the\n"
    "next sign-in. The mark in front says which work a stored text needs.",
)
