"""More answers to the exercise salt-verify: right sign-ins, and comparisons that miss a part."""

import asyncio
import hmac

import bcrypt
from sqlalchemy import func, select, text
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from classroom.checking.exercise import Wrong
from minisrv.auth import passwords
from minisrv.db.models import User
from minisrv.web import bodies

REFUSED = {"error": "E-mail address or password is wrong."}


async def by_sql(request: Request) -> Response:
    body = await request.json()
    with request.app.state.database() as session:
        row = session.execute(
            text("SELECT id, password FROM users WHERE email = :email"), {"email": body["email"]}
        ).first()
    if row and bcrypt.checkpw(body["password"].encode(), row.password.encode()):
        return JSONResponse({"id": row.id})
    return JSONResponse(REFUSED, 401)


async def with_our_tools(request: Request) -> Response:
    email, password = await bodies.read_credentials(request)
    with request.app.state.database() as session:
        user = session.scalar(select(User).where(User.email == email))
    stored = user.password if user else None
    if not await request.app.state.workers.run(passwords.verify, password, stored, 12):
        return JSONResponse(REFUSED, 401)
    return JSONResponse(user.public())


async def session_closed_by_hand(request: Request) -> Response:
    body = await request.json()
    session = request.app.state.database()
    user = session.query(User).filter_by(email=body["email"]).first()
    session.close()
    stored = user.password if user else bcrypt.hashpw(b"", bcrypt.gensalt(12)).decode()
    given = bcrypt.hashpw(body["password"].encode(), stored[:29].encode()).decode()
    if user is not None and hmac.compare_digest(given, stored):
        return JSONResponse(user.public())
    return JSONResponse(REFUSED, 401)


async def in_a_thread(request: Request) -> Response:
    body = await request.json()
    with request.app.state.database() as session:
        user = session.scalar(select(User).where(User.email == body["email"]))
    if user is None:
        return JSONResponse(REFUSED, 401)
    given, stored = body["password"].encode(), user.password.encode()
    # hashed again with the salt in `stored`
    again = await asyncio.to_thread(bcrypt.hashpw, given, stored)
    if not hmac.compare_digest(again, stored):
        return JSONResponse(REFUSED, 401)
    return JSONResponse(user.public())


RIGHT = (in_a_thread, by_sql, with_our_tools, session_closed_by_hand)


def answering(matches: object, find: object = None, unknown: int = 401, wrong: int = 401) -> object:
    """Return a sign-in that opens if `matches(given, stored)`, both bytes."""

    async def signin(request: Request) -> Response:
        body = await request.json()
        where = find(body["email"]) if find else User.email == body["email"]
        with request.app.state.database() as session:
            user = session.scalars(select(User).where(where).order_by(User.id)).first()
        if user is None:
            return JSONResponse(REFUSED, unknown)
        if matches(body["password"].encode(), user.password.encode()):
            return JSONResponse(user.public())
        return JSONResponse(REFUSED, wrong)

    return signin


def part(cut: slice) -> object:
    """Return a sign-in that compares a part of the hash only."""
    return answering(lambda given, stored: bcrypt.hashpw(given, stored)[cut] == stored[cut])


def prepared(change: object) -> object:
    """Return a sign-in that checks `change(given)`, stored passwords being as they are."""
    return answering(lambda given, stored: bcrypt.checkpw(change(given), stored))


async def crashes_without_an_account(request: Request) -> Response:
    body = await request.json()
    with request.app.state.database() as session:
        user = session.scalar(select(User).where(User.email == body["email"]))
    if bcrypt.checkpw(body["password"].encode(), user.password.encode()):
        return JSONResponse(user.public())
    return JSONResponse(REFUSED, 401)


async def injected(request: Request) -> Response:
    body = await request.json()
    with request.app.state.database() as session:
        row = session.execute(
            text(f"SELECT id, password FROM users WHERE email = '{body['email']}'")
        ).first()
    if row and bcrypt.checkpw(body["password"].encode(), row.password.encode()):
        return JSONResponse({"id": row.id})
    return JSONResponse(REFUSED, 401)


OPENED: set[str] = set()


async def remembers_who_was_in(request: Request) -> Response:
    body = await request.json()
    with request.app.state.database() as session:
        user = session.scalar(select(User).where(User.email == body["email"]))
    if user and (
        user.password in OPENED or bcrypt.checkpw(body["password"].encode(), user.password.encode())
    ):
        OPENED.add(user.password)
        return JSONResponse(user.public())
    return JSONResponse(REFUSED, 401)


SIGNS_IN, NEARLY = "signs in with the right password", "nearly right is refused"
DIGEST, PATTERN = "all 31 letters of the digest", "an address is compared as a value"
WRONG = (
    Wrong(answering(lambda given, stored: True), "does not open Ada's account"),
    Wrong(answering(lambda given, stored: given == stored), SIGNS_IN),
    Wrong(answering(bcrypt.checkpw, unknown=404), "answered 401"),
    Wrong(answering(bcrypt.checkpw, wrong=403), "does not open Ada's account"),
    Wrong(crashes_without_an_account, "AttributeError: 'NoneType'"),
    Wrong(remembers_who_was_in, "does not open Ada's account"),
    Wrong(part(slice(-10)), DIGEST),
    Wrong(part(slice(40, None)), DIGEST),
    Wrong(part(slice(59)), DIGEST),
    Wrong(answering(lambda g, s: sorted(bcrypt.hashpw(g, s)[:50]) == sorted(s[:50])), DIGEST),
    Wrong(answering(lambda g, s: g == s or bcrypt.checkpw(g, s)), "the stored hash itself"),
    Wrong(prepared(bytes.strip), SIGNS_IN),
    Wrong(prepared(lambda given: given.removesuffix(b" ")), SIGNS_IN),
    Wrong(prepared(lambda given: given.decode().encode("latin-1")), SIGNS_IN),
    Wrong(
        answering(lambda g, s: any(bcrypt.checkpw(one, s) for one in (g, g.lower(), g.strip()))),
        NEARLY,
    ),
    Wrong(answering(bcrypt.checkpw, User.email.like), PATTERN),
    Wrong(answering(bcrypt.checkpw, lambda email: User.email.startswith(email)), PATTERN),
    Wrong(answering(bcrypt.checkpw, lambda email: func.instr(User.email, email) > 0), PATTERN),
    Wrong(injected, PATTERN),
)
