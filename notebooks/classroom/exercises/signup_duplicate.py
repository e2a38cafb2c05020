"""Exercise of lesson 04: respond 409 to a duplicate, and to nothing else."""

import json

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from classroom.checking.exercise import Exercise, Wrong
from classroom.checking.server_faults import (
    expect_fault_with_trigger,
    expect_fault_without_table,
)
from classroom.checking.visit import Visit
from minisrv.auth import passwords
from minisrv.db import models
from minisrv.db.models import User
from minisrv.errors import EmailTaken

PASSWORD, ANOTHER = "midnight train to georgia", "another one for this address"
TAKEN = {"error": "There is an account with this address."}


def check(visit: Visit) -> None:
    """One after the other, then eight at once, then faults that are no duplicate."""
    new = visit.sign_up("ada@trax.test", PASSWORD)
    visit.expect(new.status == 201, "a new address is answered 201", new)
    before = visit.stolen_table()
    both = set(new.json()) >= {"id", "email"}
    visit.expect(both, "the response to a new address has id and email", new)
    sent = any(str(row["password"]) in str(new.json()) for row in before)
    visit.expect(not sent, "no hash is in the response", new)
    again = visit.sign_up("ada@trax.test", ANOTHER)
    visit.expect(again.status == 409, "a taken address is answered 409", again)
    visit.expect(visit.stolen_table() == before, "an account that is there stays as it is", again)
    racers = visit.at_once(*[lambda: visit.sign_up("grace@trax.test", PASSWORD)] * 8)
    statuses = sorted(one.status for one in racers)
    fair = statuses == [201] + [409] * 7
    visit.expect(fair, f"of eight at once, one is answered 201 and seven 409; here {statuses}")
    visit.expect(len(visit.stolen_table()) == 2, "two accounts are in the table at the end")
    late = visit.overtaken("hedy@trax.test", PASSWORD)
    taken = "an address that a second process has just taken is answered 409"
    visit.expect(late.status == 409, taken, late)
    expect_fault_without_table(visit)
    missing = visit.even_if_it_raises(lambda: visit.sign_up(None, PASSWORD))
    refused = missing.status >= 400 and missing.status != 409
    wanted = "an address of null is answered with an error, and not as a duplicate"
    visit.expect(refused, wanted, missing)
    expect_fault_with_trigger(visit)


async def solution(request: Request) -> Response:
    body, state = await request.json(), request.app.state
    cost = state.settings.bcrypt_cost
    hashed = await state.workers.run(passwords.hash, body["password"], cost)
    user = User(email=body["email"], password=hashed)
    try:
        models.add(state.database, user)
    except IntegrityError as error:
        if not models.is_duplicate(error):
            raise
        raise EmailTaken from None
    return JSONResponse(user.public(), 201)


async def alternative(request: Request) -> Response:
    body, state = await request.json(), request.app.state
    cost = state.settings.bcrypt_cost
    hashed = await state.workers.run(passwords.hash, body["password"], cost)
    user = User(email=body["email"], password=hashed)
    try:
        models.add(state.database, user)
    except IntegrityError:
        with state.database() as session:  # look last, not first
            if session.scalar(select(User).where(User.email == body["email"])):
                raise EmailTaken from None
        raise
    return JSONResponse(user.public(), 201)


async def _insert(request: Request, catch: type[Exception], status: int) -> Response:
    body = await request.json()
    try:
        user = User(email=body["email"], password=passwords.hash(body["password"], 4))
        models.add(request.app.state.database, user)
    except catch:
        return JSONResponse(TAKEN, status)
    return JSONResponse(user.public(), 201)


async def as_taught(request: Request) -> Response:
    return await _insert(request, Exception, 401)


async def catches_everything(request: Request) -> Response:
    return await _insert(request, Exception, 409)


async def any_integrity_error(request: Request) -> Response:
    return await _insert(request, IntegrityError, 409)


async def blames_the_user(request: Request) -> Response:
    try:
        return await solution(request)
    except EmailTaken:
        raise
    except Exception:
        return JSONResponse({"error": "Please check what you typed."}, 400)


async def sends_the_whole_row(request: Request) -> Response:
    body, database = await request.json(), request.app.state.database
    user = User(email=body["email"], password=passwords.hash(body["password"], 4))
    models.add_user(database, user)
    return JSONResponse(user.row(), 201)


async def sends_the_id_alone(request: Request) -> Response:
    public = json.loads((await solution(request)).body)
    return JSONResponse({"id": public["id"]}, 201)


async def looks_first_without_a_pause(request: Request) -> Response:
    body, database = await request.json(), request.app.state.database
    with database() as session:
        if session.scalar(select(User).where(User.email == body["email"])):
            return JSONResponse(TAKEN, 409)
    user = User(email=body["email"], password=passwords.hash(body["password"], 6))
    models.add(database, user)
    return JSONResponse(user.public(), 201)


async def looks_first(request: Request) -> Response:
    body, state = await request.json(), request.app.state
    with state.database() as session:
        if session.scalar(select(User).where(User.email == body["email"])):
            return JSONResponse(TAKEN, 409)
    hashed = await state.workers.run(passwords.hash, body["password"], 12)
    user = User(email=body["email"], password=hashed)
    models.add(state.database, user)
    return JSONResponse(user.public(), 201)


FRAME = """\
@server.endpoint("signup")
async def signup(request):
    body, state = await request.json(), request.app.state
    hashed = await state.workers.run(passwords.hash, body["password"], 6)
    user = User(email=body["email"], password=hashed)
    try:
        ...  # insert the account
    except IntegrityError as error:
        ...  # not a duplicate: pass the error on; a duplicate: 409
    return ...  # 201, and the public columns
"""

EXERCISE = Exercise(
    id="signup-duplicate",
    title="A duplicate, and nothing else",
    endpoint="signup",
    check=check,
    hints=(
        "Inside the `try` is one statement only: models.add(state.database, user).",
        "IntegrityError has several causes: ask models.is_duplicate(error) which one it was.",
        "In the `except`: if it is no duplicate, `raise`; then `raise EmailTaken from None`.",
    ),
    solution=solution,
    alternative=alternative,
    wrong=(
        Wrong(as_taught, "is answered 409"),
        Wrong(looks_first, "UNIQUE constraint failed"),
        Wrong(looks_first_without_a_pause, "UNIQUE constraint failed"),
        Wrong(catches_everything, "a lost table is not answered as a duplicate"),
        Wrong(blames_the_user, "a status from 500 on"),
        Wrong(sends_the_id_alone, "has id and email"),
        Wrong(sends_the_whole_row, "no hash is in the response"),
        Wrong(any_integrity_error, "an address of null"),
    ),
    afterthought="Put one statement into the `try`, name one error, and look at that error.\n"
    "All other errors pass through, and reach those who can repair the cause.\n"
    "UNIQUE decides who was first, however many requests come at once.",
    frame=FRAME,
)
