"""More answers to the exercise hash-wrapped: other right sign-ins, and those that open too much."""

from hashlib import sha256

import bcrypt
from sqlalchemy import update
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from classroom.checking.exercise import Wrong
from minisrv.auth import passwords
from minisrv.db.models import User
from tests.support.answers import there

REFUSED = {"error": "E-mail address or password is wrong."}


def old_work(salt: str, password: str) -> str:
    return sha256(bytes.fromhex(salt) + password.encode()).hexdigest()


def keep(request: Request, user: User, text: str) -> None:
    with request.app.state.database.begin() as session:
        session.execute(update(User).where(User.id == user.id).values(password=text))


def opens(text: str, password: str) -> bool:
    """Return True if `password` opens the stored text, wrapped or direct."""
    if text.startswith("sha256$"):
        _, salt, inner = text.split("$", 2)
        return bcrypt.checkpw(old_work(salt, password).encode(), inner.encode())
    return passwords.verify(password, text, 4)


async def asked(request: Request) -> tuple[User | None, str]:
    body = await request.json()
    return there(request.app.state.database, body["email"]), body["password"]


async def by_bcrypt(request: Request) -> Response:
    user, password = await asked(request)
    if not user or not opens(user.password, password):
        return JSONResponse(REFUSED, 401)
    if user.password.startswith("sha256$"):
        keep(request, user, passwords.hash(password, 10))
    return JSONResponse(user.public())


async def whenever_it_is_out_of_date(request: Request) -> Response:
    user, password = await asked(request)
    if not user or not await run_in_threadpool(opens, user.password, password):
        return JSONResponse(REFUSED, 401)
    if passwords.needs_rehash(user.password, 12):
        keep(request, user, await run_in_threadpool(passwords.hash, password, 12))
    return JSONResponse(user.public())


RIGHT = (by_bcrypt, whenever_it_is_out_of_date)


async def written_before_the_check(request: Request) -> Response:
    user, password = await asked(request)
    if not user:
        return JSONResponse(REFUSED, 401)
    right = opens(user.password, password)
    keep(request, user, passwords.hash(password, 4))
    return JSONResponse(user.public()) if right else JSONResponse(REFUSED, 401)


async def digest_accepted(request: Request) -> Response:
    user, password = await asked(request)
    typed = user and bcrypt.checkpw(password.encode(), user.password[-60:].encode())
    if not user or not (typed or opens(user.password, password)):
        return JSONResponse(REFUSED, 401)
    keep(request, user, passwords.hash(password, 4))
    return JSONResponse(user.public())


async def bare_bcrypt(request: Request) -> Response:
    user, password = await asked(request)
    if not user or not opens(user.password, password):
        return JSONResponse(REFUSED, 401)
    keep(request, user, bcrypt.hashpw(password.encode(), bcrypt.gensalt(4)).decode())
    return JSONResponse(user.public())


async def only_wrapped(request: Request) -> Response:
    user, password = await asked(request)
    if not user or not user.password.startswith("sha256$") or not opens(user.password, password):
        return JSONResponse(REFUSED, 401)
    keep(request, user, passwords.hash(password, 4))
    return JSONResponse(user.public())


async def anybody_may_come_in(request: Request) -> Response:
    user, password = await asked(request)
    if not user:
        return JSONResponse(REFUSED, 401)
    keep(request, user, passwords.hash(password, 4))
    return JSONResponse(user.public())


async def no_account_is_forgotten(request: Request) -> Response:
    user, password = await asked(request)
    if not opens(user.password, password):
        return JSONResponse(REFUSED, 401)
    keep(request, user, passwords.hash(password, 4))
    return JSONResponse(user.public())


async def in_small_letters(request: Request) -> Response:
    user, password = await asked(request)
    if not user or not opens(user.password, password):
        return JSONResponse(REFUSED, 401)
    keep(request, user, passwords.hash(password.strip().lower(), 4))
    return JSONResponse(user.public())


WRONG = (
    Wrong(written_before_the_check, "leaves the stored text as it is"),
    Wrong(digest_accepted, "from a backup"),
    Wrong(bare_bcrypt, "the stored text is what passwords.hash returns"),
    Wrong(only_wrapped, "tim@trax.test signs in with a direct hash"),
    Wrong(anybody_may_come_in, "a wrong password is answered 401"),
    Wrong(no_account_is_forgotten, "'NoneType' object has no attribute 'password'"),
    Wrong(in_small_letters, "and not that of its digest"),
)
