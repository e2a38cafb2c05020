"""Exercise of lesson 12: the account, against all attacks of lessons 01 and 04."""

import asyncio
from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from classroom.checking.exercise import Exercise, Wrong
from classroom.scoreboard import ACCOUNT, stops_all
from minisrv.auth import emails, passwords
from minisrv.db import models
from minisrv.db.models import User
from minisrv.errors import EmailTaken
from minisrv.routes.signup.verbs import EVERY_VERB
from minisrv.web import bodies

NO_STORE = {"Cache-Control": "no-store"}


async def solution(request: Request) -> Response:
    state = request.app.state
    email, password = await bodies.read_credentials(request)
    email = emails.normalise(email)
    hashed = await state.workers.run(passwords.hash, password, state.settings.bcrypt_cost)
    user = User(email=email, password=hashed)
    try:
        await asyncio.to_thread(models.add, state.database, user)
    except IntegrityError as error:
        if not models.is_duplicate(error):
            raise
        raise EmailTaken from None
    return JSONResponse(user.public(), 201, {"Cache-Control": "no-store"})


async def alternative(request: Request) -> Response:
    state = request.app.state
    email, password = await bodies.read_credentials(request)
    hashed = await state.workers.run(passwords.hash, password, state.settings.bcrypt_cost)
    user = User(email=emails.normalise(email), password=hashed)
    await asyncio.to_thread(models.add_user, state.database, user)  # raises EmailTaken
    return JSONResponse(user.public(), 201, {"Cache-Control": "no-store"})


async def _stored(
    request: Request,
    fold: Callable[[str], str] = emails.normalise,
    is_duplicate: Callable[[IntegrityError], bool] = models.is_duplicate,
    headers: dict[str, str] = NO_STORE,
) -> Response:
    email, password = await bodies.read_credentials(request)
    user = User(email=fold(email), password=passwords.hash(password, 4))
    try:
        models.add(request.app.state.database, user)
    except IntegrityError as error:
        if not is_duplicate(error):
            raise
        raise EmailTaken from None
    return JSONResponse(user.public(), 201, headers)


async def trusting(request: Request) -> Response:
    body = await request.json()
    user = User(email=body["email"], password=passwords.hash(body["password"], 4))
    models.add(request.app.state.database, user)
    return JSONResponse(user.public(), 201, NO_STORE)


async def never_twice(request: Request) -> Response:
    return await _stored(request, is_duplicate=lambda error: False)


async def newest_wins(request: Request) -> Response:
    email, password = await bodies.read_credentials(request)
    email, database = emails.normalise(email), request.app.state.database
    with database.begin() as session:
        user = session.scalar(select(User).where(User.email == email)) or User(email=email)
        user.password = passwords.hash(password, 4)
        session.add(user)
    return JSONResponse(user.public(), 201, NO_STORE)


async def look_first(request: Request) -> Response:
    email, password = await bodies.read_credentials(request)
    email, database = emails.normalise(email), request.app.state.database
    with database() as session:
        if session.scalar(select(User).where(User.email == email)):
            raise EmailTaken
    user = User(email=email, password=passwords.hash(password, 4))
    models.add(database, user)
    return JSONResponse(user.public(), 201, NO_STORE)


async def every_integrity_error(request: Request) -> Response:
    return await _stored(request, is_duplicate=lambda error: True)


async def as_it_came(request: Request) -> Response:
    return await _stored(request, fold=str)


async def lower_case(request: Request) -> Response:
    return await _stored(request, fold=str.lower)


async def every_field(request: Request) -> Response:
    body = await bodies.read_object(request)
    email, password = bodies.text(body, "email"), bodies.text(body, "password")
    fields = {name: value for name, value in body.items() if hasattr(User, name)}
    fields |= {"email": emails.normalise(email), "password": passwords.hash(password, 4)}
    user = User(**fields)
    try:
        models.add(request.app.state.database, user)
    except IntegrityError:
        raise EmailTaken from None
    return JSONResponse(user.public(), 201, NO_STORE)


async def every_error(request: Request) -> Response:
    try:
        return await _stored(request)
    except Exception as error:
        if type(error).__module__.startswith("minisrv"):  # a rejection stays a rejection
            raise
        raise EmailTaken from None


async def anybody_may_store_it(request: Request) -> Response:
    return await _stored(request, headers={})


FRAME = """\
import asyncio

from sqlalchemy.exc import IntegrityError

from minisrv.auth import emails, passwords
from minisrv.db import models
from minisrv.db.models import User
from minisrv.errors import EmailTaken
from minisrv.web import bodies


@server.endpoint("signup")
async def signup(request):
    state = request.app.state
    email, password = await bodies.read_credentials(request)
    email = ...  # one spelling for each mailbox
    hashed = await state.workers.run(passwords.hash, password, state.settings.bcrypt_cost)
    user = User(email=email, password=hashed)
    try:
        await asyncio.to_thread(models.add, state.database, user)
    except IntegrityError as error:
        ...  # a duplicate is answered 409, any other error goes on
    return ...  # the response
"""

EXERCISE = Exercise(
    id="build-account",
    title="An account",
    endpoint="signup",
    check=stops_all(ACCOUNT),
    hints=(
        "Read the scoreboard from the top: the first attack that gets through says what to change.",
        "Each gap is a call or two of a name in the list: emails, models, errors, JSONResponse.",
        "In the except, raise EmailTaken if models.is_duplicate(error), and otherwise raise alone.",
    ),
    solution=solution,
    alternative=alternative,
    wrong=(
        Wrong(Route("/api/signup", solution, methods=EVERY_VERB), "GET is answered 405"),
        Wrong(trusting, "the body “nothing”"),
        Wrong(never_twice, "IntegrityError"),
        Wrong(newest_wins, "409 Conflict"),
        Wrong(look_first, "another process"),
        Wrong(as_it_came, "another spelling"),
        Wrong(lower_case, "another spelling"),
        Wrong(every_field, "not asked for"),
        Wrong(every_error, "not for a duplicate"),
        Wrong(every_integrity_error, "not for a duplicate"),
        Wrong(anybody_may_store_it, "no-store"),
    ),
    afterthought="The route reads two strings from the request, and the database decides.\n"
    "The rest is to choose a status: 201, 409, 422, and 500 for a fault of the server.",
    alternative_lead="Another, in which models.add_user catches the IntegrityError:",
    frame=FRAME,
)
