"""Answers to signup-discreet: other ways to hide who has an account, and ways to let it slip."""

import asyncio
import time
from contextlib import suppress

from sqlalchemy import delete, select, text
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import IntegrityError
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from classroom.checking.exercise import Wrong
from minisrv.auth import passwords
from minisrv.db import models
from minisrv.db.models import User
from minisrv.errors import EmailTaken
from tests.support.answers import prepared, there

SAID = {"message": "Please look into your mailbox."}


def told() -> Response:
    return JSONResponse(SAID, 202)


async def typed(request: Request) -> tuple[str, str]:
    body = await request.json()
    return body["email"], body["password"]


def add_if_new(database: models.Database, user: User) -> bool:
    try:
        models.add_user(database, user)
    except EmailTaken:
        return False
    return True


# Right.


async def forgives_the_duplicate(request: Request) -> Response:
    user, database = await prepared(request)
    add_if_new(database, user)
    return told()


async def has_a_policy_for_everybody(request: Request) -> Response:
    email, password = await typed(request)
    passwords.check_length(password)
    passwords.check_not_common(password, email)
    return await forgives_the_duplicate(request)


async def looks_with_the_lock_held(request: Request) -> Response:
    user, database = await prepared(request)
    with database() as session:
        session.execute(text("BEGIN IMMEDIATE"))
        if not session.scalar(select(User.id).where(User.email == user.email)):
            session.add(user)
        session.commit()
    return told()


async def looks_and_catches_as_well(request: Request) -> Response:
    user, database = await prepared(request)
    if not there(database, user.email):
        add_if_new(database, user)
    return told()


async def verifies_nothing_for_the_taken(request: Request) -> Response:
    email, password = await typed(request)
    database = request.app.state.database
    if there(database, email):
        passwords.verify(password, None, 4)  # as much work as the hash below
    else:
        add_if_new(database, User(email=email, password=passwords.hash(password, 4)))
    return told()


# Wrong.


async def looks_first_and_inserts(request: Request) -> Response:
    user, database = await prepared(request)
    if not there(database, user.email):
        models.add(database, user)
    return told()


async def looks_first_and_raises(request: Request) -> Response:
    user, database = await prepared(request)
    if not there(database, user.email):
        models.add_user(database, user)
    return told()


async def forgives_any_integrity_error(request: Request) -> Response:
    user, database = await prepared(request)
    with suppress(IntegrityError):
        models.add(database, user)
    return told()


async def takes_its_time_for_the_new(request: Request) -> Response:
    user, database = await prepared(request)
    if add_if_new(database, user):
        await asyncio.sleep(0.7)  # the mail server is slow
    return told()


async def takes_its_time_for_the_taken(request: Request) -> Response:
    user, database = await prepared(request)
    if not add_if_new(database, user):
        time.sleep(0.7)
    return told()


async def has_a_policy_for_the_new(request: Request) -> Response:
    user, database = await prepared(request)
    if not there(database, user.email):
        passwords.check_length((await typed(request))[1])
        add_if_new(database, user)
    return told()


async def knows_the_owner(request: Request) -> Response:
    email, password = await typed(request)
    database = request.app.state.database
    known = there(database, email)
    if known is None:
        add_if_new(database, User(email=email, password=passwords.hash(password, 4)))
    elif passwords.verify(password, known.password, 4):
        return JSONResponse(known.public(), 200)
    return told()


async def hashes_the_taken_later(request: Request) -> Response:
    email, password = await typed(request)
    database = request.app.state.database
    if there(database, email):
        return JSONResponse(SAID, 202, background=BackgroundTask(lambda: None))
    add_if_new(database, User(email=email, password=passwords.hash(password, 4)))
    return told()


async def makes_the_account_again(request: Request) -> Response:
    user, database = await prepared(request)
    with database.begin() as session:
        session.execute(delete(User).where(User.email == user.email))
        session.execute(insert(User).values(email=user.email, password=user.password))
    return told()


async def opens_no_account(request: Request) -> Response:
    await prepared(request)
    return told()


async def counts_in_a_header(request: Request) -> Response:
    user, database = await prepared(request)
    new = add_if_new(database, user)
    return JSONResponse(SAID, 202, {"X-Accounts-Made": str(int(new))})


async def says_the_address_as_stored(request: Request) -> Response:
    user, database = await prepared(request)
    if add_if_new(database, user):
        return JSONResponse(SAID | {"id": user.id}, 202)
    return JSONResponse(SAID | {"id": None}, 202)


async def stores_the_password_itself(request: Request) -> Response:
    body = await request.json()
    add_if_new(request.app.state.database, User(email=body["email"], password=body["password"]))
    return JSONResponse(SAID, 202)


RIGHT = (
    forgives_the_duplicate,
    has_a_policy_for_everybody,
    looks_with_the_lock_held,
    looks_and_catches_as_well,
    verifies_nothing_for_the_taken,
)
WRONG = (
    Wrong(looks_first_and_inserts, "UNIQUE constraint failed"),
    Wrong(looks_first_and_raises, "a second process"),
    Wrong(forgives_any_integrity_error, "a row that a trigger rejects"),
    Wrong(takes_its_time_for_the_new, "takes as long"),
    Wrong(takes_its_time_for_the_taken, "takes as long"),
    Wrong(has_a_policy_for_the_new, "a short password"),
    Wrong(knows_the_owner, "Ada herself"),
    Wrong(hashes_the_taken_later, "0 rounds"),
    Wrong(makes_the_account_again, "stays as it is"),
    Wrong(stores_the_password_itself, "the password of a new address is hashed"),
    Wrong(opens_no_account, "Ada's account is in the table"),
    Wrong(counts_in_a_header, "the same headers"),
    Wrong(says_the_address_as_stored, "in the same words"),
)
