"""Exercise of lesson 04: chosen columns in request and response, one spelling for a mailbox."""

import unicodedata
from collections.abc import Callable

from sqlalchemy.exc import IntegrityError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from classroom.checking.exercise import Exercise, Wrong
from classroom.checking.visit import Visit
from minisrv.auth import emails, passwords
from minisrv.db import models
from minisrv.db.models import User
from minisrv.errors import EmailTaken
from minisrv.web import bodies

PASSWORD = "midnight train to georgia"


def check(visit: Visit) -> None:
    """Send one field too many; then two spellings of a mailbox, and two that look alike."""
    new = visit.sign_up("Ada@Trax.test", PASSWORD, id=77)
    visit.expect(new.status == 201, "a new account is answered 201", new)
    only_these = set(new.json()) == {"id", "email"}
    visit.expect(only_these, "the answer holds id and email and nothing else", new)
    (row,) = visit.stolen_table()
    visit.expect(row["id"] == new.json()["id"], "the id in the answer is that of the table", new)
    visit.expect(row["id"] != 77, "an id that the visitor sends is not taken", new)
    _second(visit, "ada@trax.test", "with a capital or without, it is one mailbox: 409")
    signed_in = visit.sign_in("ada@trax.test", PASSWORD)
    visit.expect(signed_in.status == 200, "Ada can sign in, in either spelling", signed_in)
    visit.sign_up("zoé@trax.test", PASSWORD)
    decomposed = unicodedata.normalize("NFD", "zoé@trax.test")
    _second(visit, decomposed, "é as one character or as two, it is one mailbox: 409")
    for one, other in (("admin", "admın"), ("gross", "groß")):
        for name in (one, other):
            answer = visit.sign_up(f"{name}@trax.test", PASSWORD)
            apart = f"{one}@ and {other}@ are two mailboxes: 201 for both"
            visit.expect(answer.status == 201, apart, answer)


def _second(visit: Visit, email: str, reason: str) -> None:
    answer = visit.sign_up(email, PASSWORD)
    visit.expect(answer.status == 409, reason, answer)


async def solution(request: Request) -> Response:
    email, password = await bodies.read_credentials(request)
    email = emails.normalise(email)
    user = User(email=email, password=passwords.hash(password, 6))
    try:
        models.add(request.app.state.database, user)
    except IntegrityError as error:
        if not models.is_duplicate(error):
            raise
        raise EmailTaken from None
    return JSONResponse(user.public(), 201)


async def alternative(request: Request) -> Response:
    body = await request.json()
    email = unicodedata.normalize("NFC", body["email"]).lower()
    user = User(email=email, password=passwords.hash(body["password"], 6))
    try:
        models.add(request.app.state.database, user)
    except IntegrityError:
        return JSONResponse({"error": "There is an account with this address."}, 409)
    return JSONResponse({"id": user.id, "email": user.email}, 201)


async def _store(
    request: Request, fold: Callable[[str], str], answer: Callable[[User], object] = User.public
) -> Response:
    body = await request.json()
    user = User(email=fold(body["email"]), password=passwords.hash(body["password"], 4))
    try:
        models.add(request.app.state.database, user)
    except IntegrityError:
        raise EmailTaken from None
    return JSONResponse(answer(user), 201)


async def sends_the_row(request: Request) -> Response:
    return await _store(request, emails.normalise, User.row)


async def takes_every_field(request: Request) -> Response:
    body = await request.json()
    body |= {"email": emails.normalise(body["email"])}
    body |= {"password": passwords.hash(body["password"], 4)}
    user = User(**body)
    models.add(request.app.state.database, user)
    return JSONResponse(user.public(), 201)


async def as_it_came(request: Request) -> Response:
    return await _store(request, str)


async def lower_only(request: Request) -> Response:
    return await _store(request, str.lower)


async def by_upper(request: Request) -> Response:
    return await _store(request, lambda e: unicodedata.normalize("NFC", e).upper().lower())


async def by_casefold(request: Request) -> Response:
    return await _store(request, lambda e: unicodedata.normalize("NFC", e).casefold())


EXERCISE = Exercise(
    id="signup-public",
    title="Chosen columns, one spelling",
    endpoint="signup",
    check=check,
    hints=(
        "Look at each thing that passes as a whole: the body, the row, the address.",
        "Only what you name should pass; and two spellings need one form.",
        "Use emails.normalise(email), User(email=…, password=…) and user.public().",
    ),
    solution=solution,
    alternative=alternative,
    wrong=(
        Wrong(sends_the_row, "id and email and nothing else"),
        Wrong(takes_every_field, "an id that the visitor sends"),
        Wrong(as_it_came, "with a capital or without"),
        Wrong(lower_only, "as one character or as two"),
        Wrong(by_upper, "admin@ and admın@"),
        Wrong(by_casefold, "gross@ and groß@"),
    ),
    afterthought="`**body` and `row()` are right until the table gets another column.\n"
    "What is named in the code stays the same. And values that are compared for\n"
    "equality, such as addresses, need one form first.",
)
