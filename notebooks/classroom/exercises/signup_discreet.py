"""Exercise of lesson 05: a sign-up that hides who has an account, in its words and its work."""

import time

from sqlalchemy import select, update
from sqlalchemy.dialects.sqlite import insert
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from classroom.checking.bcrypt_calls import counting_hashes, rounds
from classroom.checking.exercise import Exercise, Wrong
from classroom.checking.server_faults import (
    expect_fault_with_trigger,
    expect_fault_without_table,
)
from classroom.checking.visit import Visit
from classroom.exchanges.exchange import Exchange
from minisrv.auth import emails, passwords
from minisrv.db import models
from minisrv.db.models import User
from minisrv.errors import EmailTaken
from minisrv.web import bodies

PASSWORD, ANOTHER = "midnight train to georgia", "another one for this address"
SHORT = "short"
MESSAGE = {"message": "Thank you. Please sign in."}
PAUSE = 0.5  # seconds; what the database does besides is far shorter


def check(visit: Visit) -> None:
    """Ada signs up; Mallory signs up with her address; compare the two responses."""
    new, for_new = _asked(visit, "ada@trax.test", PASSWORD)
    visit.expect(new.status == 202, "a new address is answered 202", new)
    before = visit.stolen_table()
    there = [row["email"] for row in before] == ["ada@trax.test"]
    visit.expect(there, "Ada's account is in the table", new)
    taken, for_taken = _asked(visit, "ada@trax.test", ANOTHER)
    _alike(visit, "a taken address", taken, new)
    visit.expect(visit.stolen_table() == before, "an account that is there stays as it is", taken)
    visit.expect(for_new > 0, "the password of a new address is hashed, as its account needs", new)
    visit.expect(
        for_taken == for_new,
        "a taken address costs as much hashing as a new one; here "
        f"{for_taken} rounds for the taken one and {for_new} for the new one",
    )
    _alike(visit, "Ada herself, signing up again,", visit.sign_up("ada@trax.test", PASSWORD), new)
    right = visit.sign_in("ada@trax.test", PASSWORD)
    visit.expect(right.status == 200, "Ada can sign in with her password", right)
    short = [visit.sign_up(f"{name}@trax.test", SHORT) for name in ("grace", "ada")]
    _alike(visit, "a short password for a taken address", short[1], short[0])
    late = visit.overtaken("hedy@trax.test", PASSWORD)
    _alike(visit, "an address that a second process has just taken", late, new)
    _as_long(visit)
    expect_fault_without_table(visit)
    expect_fault_with_trigger(visit)


def _asked(visit: Visit, email: str, password: str) -> tuple[Exchange, int]:
    """Return the response, and its hashing in rounds."""
    with counting_hashes() as costs:
        answer = visit.sign_up(email, password)
    return answer, rounds(costs)


def _alike(visit: Visit, who: str, one: Exchange, other: Exchange) -> None:
    same = one.status == other.status
    visit.expect(same, f"{who} is answered with the same status as a new address", one)
    same = one.response_body == other.response_body
    visit.expect(same, f"{who} is answered in the same words as a new address", one)
    same = one.response_headers == other.response_headers
    visit.expect(same, f"{who} is answered with the same headers, cookies among them", one)


def _as_long(visit: Visit) -> None:
    """Compare the shortest of three times: what else the computer does makes single ones longer."""
    taken = min(_seconds(visit, "ada@trax.test") for _ in range(3))
    new = min(_seconds(visit, f"listener-{number}@trax.test") for number in range(3))
    reason = f"a taken address takes as long as a new one; here {taken:.1f} s and {new:.1f} s"
    quick, slow = sorted((taken, new))
    visit.expect(slow < 2 * quick + PAUSE, reason)


def _seconds(visit: Visit, email: str) -> float:
    start = time.perf_counter()
    visit.sign_up(email, PASSWORD)
    return time.perf_counter() - start


async def solution(request: Request) -> Response:
    state = request.app.state
    email, password = await bodies.read_credentials(request)
    email, cost = emails.normalise(email), state.settings.bcrypt_cost
    hashed = await state.workers.run(passwords.hash, password, cost)  # for every address
    try:
        models.add_user(state.database, User(email=email, password=hashed))
    except EmailTaken:
        pass  # the owner should get a mail; the response is the same
    return JSONResponse({"message": "Thank you. Please sign in."}, 202)


async def alternative(request: Request) -> Response:
    state = request.app.state
    email, password = await bodies.read_credentials(request)
    hashed = await state.workers.run(passwords.hash, password, state.settings.bcrypt_cost)
    row = insert(User).values(email=emails.normalise(email), password=hashed)
    with state.database.begin() as session:
        session.execute(row.on_conflict_do_nothing())  # PostgreSQL has it as well
    return JSONResponse({"message": "Thank you. Please sign in."}, 202)


async def _looked_up(request: Request) -> tuple[User | None, str, str]:
    body = await request.json()
    with request.app.state.database() as session:
        user = session.scalar(select(User).where(User.email == body["email"]))
    return user, body["email"], body["password"]


async def hashes_for_the_new(request: Request) -> Response:
    user, email, password = await _looked_up(request)
    if user is None:
        user = User(email=email, password=passwords.hash(password, 4))
        models.add(request.app.state.database, user)
    return JSONResponse(MESSAGE, 202)


async def hashes_at_another_cost(request: Request) -> Response:
    user, _, password = await _looked_up(request)
    if user:
        passwords.hash(password, 5)
    return await hashes_for_the_new(request)


async def overwrites(request: Request) -> Response:
    _, email, password = await _looked_up(request)
    hashed = passwords.hash(password, 4)
    with request.app.state.database.begin() as session:
        changed = session.execute(update(User).where(User.email == email).values(password=hashed))
        if not changed.rowcount:
            session.add(User(email=email, password=hashed))
    return JSONResponse(MESSAGE, 202)


async def _told_apart(request: Request, new: Response, taken: Response) -> Response:
    user, _, _ = await _looked_up(request)
    await solution(request)
    return taken if user else new


async def cookie_for_the_new(request: Request) -> Response:
    new, taken = JSONResponse(MESSAGE, 202), JSONResponse(MESSAGE, 202)
    new.set_cookie("TRAX_ACCESS_TOKEN", "a token", httponly=True)
    return await _told_apart(request, new, taken)


async def another_sentence(request: Request) -> Response:
    taken = JSONResponse({"message": "Please sign in."}, 202)
    return await _told_apart(request, JSONResponse(MESSAGE, 202), taken)


async def swallows_everything(request: Request) -> Response:
    try:
        return await solution(request)
    except Exception:
        return JSONResponse(MESSAGE, 202)


async def conflict(request: Request) -> Response:
    taken = JSONResponse(MESSAGE, 409)
    return await _told_apart(request, JSONResponse(MESSAGE, 202), taken)


FRAME = """\
@server.endpoint("signup")
async def signup_discreet(request):
    state = request.app.state
    email, password = await bodies.read_credentials(request)
    email = emails.normalise(email)
    hashed = ...  # hash the password, for each address
    try:
        ...  # insert the account
    except EmailTaken:
        pass  # the owner should get a mail; the response is the same
    return ...  # 202, and one sentence for everybody
"""

EXERCISE = Exercise(
    id="signup-discreet",
    title="Who is here?",
    endpoint="signup",
    check=check,
    hints=(
        "Sign up twice with one address, and compare everything that you can see or measure.",
        "The hash takes longest: if you return before it, the time shows who has an account.",
        "Gap 1: await state.workers.run(passwords.hash, …); gap 2: "
        "models.add_user(state.database, …), with User(email=…, password=hashed).",
    ),
    solution=solution,
    alternative=alternative,
    wrong=(
        Wrong(conflict, "with the same status"),
        Wrong(another_sentence, "in the same words"),
        Wrong(cookie_for_the_new, "the same headers"),
        Wrong(swallows_everything, "a status from 500 on"),
        Wrong(overwrites, "stays as it is"),
        Wrong(hashes_for_the_new, "0 rounds for the taken one and 16 for the new one"),
        Wrong(
            hashes_at_another_cost,
            "32 rounds for the taken one",
        ),
    ),
    afterthought="A stranger can see four things: status, words, headers, and time.\n"
    "You can read three of them in the code. The time depends on the work:\n"
    "a route that returns early for some people does less work for them.",
    stub="signup_discreet",
    frame=FRAME,
)
