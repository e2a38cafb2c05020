"""Exercise of lesson 12: the password, against all attacks of lessons 02 and 03."""

import asyncio

import bcrypt
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from classroom.checking.exercise import Exercise, Wrong
from classroom.scoreboard import SECRET, stops_all
from minisrv.auth import emails, passwords
from minisrv.db import models
from minisrv.db.models import User
from minisrv.routes.signup import hashed, plain
from minisrv.web import bodies

ONE_SALT = bcrypt.gensalt(8)


def _stored(request: Request, email: str, stored: str) -> Response:
    user = User(email=email, password=stored)
    models.add(request.app.state.database, user)
    return JSONResponse(user.public(), 201)


async def solution(request: Request) -> Response:
    state = request.app.state
    email, password = await bodies.read_credentials(request)
    email = emails.normalise(email)
    passwords.check_length(password)
    passwords.check_not_common(password, email)
    hashed = await state.workers.run(passwords.hash, password, state.settings.bcrypt_cost)
    user = User(email=email, password=hashed)
    await asyncio.to_thread(models.add_user, state.database, user)  # raises EmailTaken
    return JSONResponse(user.public(), 201, {"Cache-Control": "no-store"})


async def alternative(request: Request) -> Response:
    state = request.app.state
    email, password = await bodies.read_credentials(request)
    email = emails.normalise(email)
    passwords.check_length(password)
    passwords.check_not_common(password, email)
    hashed = await asyncio.to_thread(passwords.hash, password, state.settings.bcrypt_cost)
    user = User(email=email, password=hashed)
    await asyncio.to_thread(models.add_user, state.database, user)  # raises EmailTaken
    return JSONResponse(user.public(), 201, {"Cache-Control": "no-store"})


async def one_salt(request: Request) -> Response:
    email, password = await bodies.read_credentials(request)
    return _stored(request, email, bcrypt.hashpw(password.encode()[:72], ONE_SALT).decode())


async def cheap(request: Request) -> Response:
    email, password = await bodies.read_credentials(request)
    hashed = await request.app.state.workers.run(passwords.hash, password, 4)
    return _stored(request, email, hashed)


async def cut(request: Request) -> Response:
    email, password = await bodies.read_credentials(request)
    salt = bcrypt.gensalt(request.app.state.settings.bcrypt_cost)
    return _stored(request, email, bcrypt.hashpw(password.encode()[:72], salt).decode())


async def any_password(request: Request) -> Response:
    email, password = await bodies.read_credentials(request)
    state = request.app.state
    hashed = await state.workers.run(passwords.hash, password, state.settings.bcrypt_cost)
    return _stored(request, email, hashed)


async def on_the_loop(request: Request) -> Response:
    email, password = await bodies.read_credentials(request)
    passwords.check_length(password)
    passwords.check_not_common(password, email)
    cost = request.app.state.settings.bcrypt_cost
    return _stored(request, email, passwords.hash(password, cost))


FRAME = """\
import asyncio

from minisrv.auth import emails, passwords
from minisrv.db import models
from minisrv.db.models import User
from minisrv.web import bodies


@server.endpoint("signup")
async def signup(request):
    state = request.app.state
    email, password = await bodies.read_credentials(request)
    email = emails.normalise(email)
    ...  # a short password is answered 422
    ...  # a common password is answered 422
    hashed = ...  # bcrypt's hash, computed in a thread
    user = User(email=email, password=hashed)
    await asyncio.to_thread(models.add_user, state.database, user)  # raises EmailTaken
    return JSONResponse(user.public(), 201, {"Cache-Control": "no-store"})
"""

EXERCISE = Exercise(
    id="build-secret",
    title="A password",
    endpoint="signup",
    check=stops_all(SECRET),
    hints=(
        "What can a thief read in the table, and what do all other requests do while you hash?",
        "minisrv.auth.passwords checks and hashes; request.app.state.workers runs it in a thread.",
        "Use both checks, and await state.workers.run(passwords.hash, …) with password and cost.",
    ),
    solution=solution,
    alternative=alternative,
    wrong=(
        Wrong(plain, "not in the table"),
        Wrong(one_salt, "as two hashes"),
        Wrong(cheap, "its cost"),
        Wrong(hashed, "bytes makes an account"),
        Wrong(cut, "a part of it"),
        Wrong(any_password, "short or common"),
        Wrong(on_the_loop, "while a password is hashed"),
    ),
    afterthought="Slow for a thief, fast for all others: the same work in another thread.\n"
    "And no hash protects a password that is on a list of common ones.",
    alternative_lead="Another, with a thread of Python's own:",
    frame=FRAME,
)
