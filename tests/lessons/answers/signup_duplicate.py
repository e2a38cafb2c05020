"""Answers to signup-duplicate: other ways to let the database decide, and ways to seem to."""

import asyncio
from collections.abc import Callable

from sqlalchemy import insert as plain_insert
from sqlalchemy import literal, select, text, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import DatabaseError, IntegrityError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from classroom.checking.exercise import Wrong
from minisrv.auth import passwords
from minisrv.db import models
from minisrv.db.models import User
from minisrv.errors import EmailTaken
from minisrv.web import bodies
from tests.support.answers import Endpoint, prepared, there

TAKEN = {"error": "There is an account with this address."}
ONE_AT_A_TIME = asyncio.Lock()
SEEN: dict[object, set[str]] = {}  # the addresses of each database, as long as the process lives


def conflict() -> Response:
    return JSONResponse(TAKEN, 409)


def created(number: int, email: str) -> Response:
    return JSONResponse({"id": number, "email": email}, 201)


def adding(respond: Callable[[IntegrityError, User], Response | None]) -> Endpoint:
    """Return a sign-up that adds the account, and asks `respond` if the database rejects it.

    None from `respond`: the sign-up goes on as if nothing had been wrong.
    """

    async def signup(request: Request) -> Response:
        user, database = await prepared(request)
        try:
            models.add(database, user)
        except IntegrityError as error:
            if response := respond(error, user):
                return response
        return JSONResponse(user.public(), 201)

    signup.__name__ = respond.__name__
    return signup


# Right.


async def calls_add_user(request: Request) -> Response:
    user, database = await prepared(request)
    await asyncio.to_thread(models.add_user, database, user)
    return JSONResponse(user.public(), 201)


async def ignores_a_conflict_and_counts(request: Request) -> Response:
    user, database = await prepared(request)
    row = insert(User).values(email=user.email, password=user.password)
    with database.begin() as session:
        number = session.scalar(row.on_conflict_do_nothing().returning(User.id))
    return created(number, user.email) if number else conflict()


async def looks_with_the_lock_held(request: Request) -> Response:
    user, database = await prepared(request)
    with database() as session:
        session.execute(text("BEGIN IMMEDIATE"))  # from here on no other process can write
        if session.scalar(select(User).where(User.email == user.email)):
            return conflict()
        session.add(user)
        session.commit()
    return JSONResponse(user.public(), 201)


async def inserts_where_there_is_none(request: Request) -> Response:
    user, database = await prepared(request)
    new = select(literal(user.email), literal(user.password)).where(
        ~select(User).where(User.email == user.email).exists()
    )
    with database.begin() as session:
        result = session.execute(plain_insert(User).from_select(["email", "password"], new))
        if not result.rowcount:
            return conflict()
        number = session.scalar(select(User.id).where(User.email == user.email))
    return created(number, user.email)


@adding
def reads_the_error_of_the_driver(error: IntegrityError, _user: User) -> Response:
    if error.orig.sqlite_errorname == "SQLITE_CONSTRAINT_UNIQUE":
        return conflict()
    raise error


async def answers_faults_itself(request: Request) -> Response:
    user, database = await prepared(request)
    try:
        models.add(database, user)
    except Exception as error:
        if isinstance(error, IntegrityError) and models.is_duplicate(error):
            return conflict()
        return JSONResponse({"error": "The server failed."}, 503)
    return JSONResponse(user.public(), 201)


async def rejects_an_address_that_is_no_text(request: Request) -> Response:
    email, password = await bodies.read_credentials(request)
    user = User(email=email, password=passwords.hash(password, 4))
    models.add_user(request.app.state.database, user)
    return JSONResponse(user.public(), 201)


# Wrong.


@adding
def forgets_to_raise(error: IntegrityError, _user: User) -> Response | None:
    return conflict() if models.is_duplicate(error) else None


@adding
def raises_for_null_alone(error: IntegrityError, user: User) -> Response:
    if user.email is None:
        raise error
    return conflict()


@adding
def lists_the_other_errors(error: IntegrityError, _user: User) -> Response:
    if "NOT NULL" in str(error) or "FOREIGN KEY" in str(error):
        raise error
    return conflict()


async def catches_what_the_database_says(request: Request) -> Response:
    user, database = await prepared(request)
    try:
        models.add(database, user)
    except DatabaseError:
        return conflict()
    return JSONResponse(user.public(), 201)


async def looks_first_behind_a_lock(request: Request) -> Response:
    user, database = await prepared(request)
    async with ONE_AT_A_TIME:  # of this process
        if there(database, user.email):
            return conflict()
        await asyncio.to_thread(models.add, database, user)
    return JSONResponse(user.public(), 201)


async def remembers_who_came(request: Request) -> Response:
    user, database = await prepared(request)
    seen = SEEN.setdefault(database, set())
    if user.email in seen:
        return conflict()
    seen.add(user.email)
    models.add(database, user)
    return JSONResponse(user.public(), 201)


async def stores_nothing(request: Request) -> Response:
    user, database = await prepared(request)
    seen = SEEN.setdefault(database, set())
    if user.email in seen:
        return conflict()
    seen.add(user.email)
    return created(len(seen), user.email)


async def replaces_the_account(request: Request) -> Response:
    user, database = await prepared(request)
    try:
        models.add_user(database, user)
    except EmailTaken:
        with database.begin() as session:
            newer = update(User).where(User.email == user.email)
            session.execute(newer.values(password=user.password))
        raise
    return JSONResponse(user.public(), 201)


async def asks_for_a_retry(request: Request) -> Response:
    user, database = await prepared(request)
    try:
        models.add_user(database, user)
    except EmailTaken:
        return JSONResponse(TAKEN, 503)
    return JSONResponse(user.public(), 201)


async def says_created_to_both(request: Request) -> Response:
    user, database = await prepared(request)
    row = insert(User).values(email=user.email, password=user.password)
    with database.begin() as session:
        session.execute(row.on_conflict_do_nothing())
    return created(there(database, user.email).id, user.email)


async def takes_the_lock_by_an_update(request: Request) -> Response:
    user, database = await prepared(request)
    with database.begin() as session:
        session.execute(update(User).where(User.id < 0).values(id=0))  # no row, but the lock
        if session.scalar(select(User).where(User.email == user.email)):
            return JSONResponse(TAKEN, 409)
        session.add(user)
        session.flush()
        return created(user.id, user.email)


RIGHT = (
    calls_add_user,
    takes_the_lock_by_an_update,
    ignores_a_conflict_and_counts,
    looks_with_the_lock_held,
    inserts_where_there_is_none,
    reads_the_error_of_the_driver,
    answers_faults_itself,
    rejects_an_address_that_is_no_text,
)
WRONG = (
    Wrong(forgets_to_raise, "an address of null"),
    Wrong(raises_for_null_alone, "a row that a trigger rejects"),
    Wrong(lists_the_other_errors, "a row that a trigger rejects"),
    Wrong(catches_what_the_database_says, "a lost table"),
    Wrong(looks_first_behind_a_lock, "UNIQUE constraint failed"),
    Wrong(remembers_who_came, "UNIQUE constraint failed"),
    Wrong(stores_nothing, "two accounts are in the table"),
    Wrong(replaces_the_account, "an account that is there stays as it is"),
    Wrong(asks_for_a_retry, "a taken address is answered 409"),
    Wrong(says_created_to_both, "a taken address is answered 409"),
)
