"""Exercise of lesson 04: chosen columns in request and response, one spelling for a mailbox."""

import base64
import re
import unicodedata
from collections.abc import Callable

from sqlalchemy.exc import IntegrityError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from classroom.attacks.offline_guessing import hashes_in
from classroom.checking.exercise import Exercise, Wrong
from classroom.checking.server_faults import (
    expect_fault_with_trigger,
    expect_fault_without_table,
)
from classroom.checking.visit import Visit
from minisrv.auth import emails, passwords
from minisrv.db import models
from minisrv.db.models import User
from minisrv.errors import EmailTaken
from minisrv.web import bodies

PASSWORD = "Midnight train to Georgia"
REFUSED = (400, 422)  # a stricter rule for what may be sent is as right
APART = (
    ("admin", "admın"),
    ("gross", "groß"),
    ("fan", "ｆan"),
    ("jotrax", "jo+trax"),
    ("zoe", "zoé"),
)
BASE64 = re.compile(r"[A-Za-z0-9+/_-]{24,}")
LIKE_A_HASH = "$2b$04$" + "midnight.train.to.georgia" * 2 + "and.on"  # 63 characters, no hash
# A class has more names than columns.
OTHER_FIELDS = {"id": 77, "is_admin": True, "public": "Mallory", "metadata": {"is_admin": True}}


def check(visit: Visit) -> None:
    """Send fields too many; then two spellings of a mailbox, and some that look alike."""
    new = visit.sign_up("Ada@Trax.test", PASSWORD, **OTHER_FIELDS)
    if new.status in REFUSED:  # it takes no field that it did not ask for
        new = visit.sign_up("Ada@Trax.test", PASSWORD)
    visit.expect(new.status == 201, "a new account is answered 201", new)
    only_these = set(new.json()) == {"id", "email"}
    visit.expect(only_these, "the answer holds id and email and nothing else", new)
    sent = str(new.response_headers) + str(new.json())
    hashes = hashes_in(sent + "".join(map(_decoded, BASE64.findall(sent))))
    visit.expect(not hashes, "no hash is in the response, its headers included", new)
    (row,) = visit.stolen_table()
    visit.expect(row["id"] == new.json()["id"], "the id in the answer is that of the table", new)
    visit.expect(row["id"] != 77, "an id that the visitor sends is not taken", new)
    _second(visit, "ada@trax.test", "with a capital or without, it is one mailbox: 409")
    _signs_in(visit, "ada@trax.test", "Ada can sign in, in either spelling")
    _signs_in(visit, "Ada@Trax.test", "Ada can sign in, in either spelling")
    _like_a_hash(visit)
    _other_alphabets(visit)
    expect_fault_without_table(visit)
    expect_fault_with_trigger(visit)


def _decoded(text: str) -> str:
    """Return what a text is in base64 or base64url; up to three characters at its end are lost."""
    whole = text[: len(text) // 4 * 4].translate(str.maketrans("-_", "+/"))
    return base64.b64decode(whole).decode("latin-1")


def _like_a_hash(visit: Visit) -> None:
    """Sign up with a password that looks like something that is hashed already."""
    for number, password in enumerate((LIKE_A_HASH, passwords.SCHEME + LIKE_A_HASH)):
        email = f"linus{number}@trax.test"
        up = visit.sign_up(email, password)
        if up.status not in REFUSED:
            right = visit.sign_in(email, password)
            reason = "a password that looks like a hash is hashed, and signs in as it was typed"
            visit.expect(right.status == 200, reason, right)


def _other_alphabets(visit: Visit) -> None:
    """Sign up with addresses that are not ASCII; a route may reject them, but not mix them up."""
    new = ["zoé@trax.test"] * _got_an_account(visit, "zoé@trax.test", "zoé@ is a new address: 201")
    decomposed = unicodedata.normalize("NFD", "zoé@trax.test")
    reason = "é as one character or as two, it is one mailbox: 409"
    _second(visit, decomposed, reason, (409, *REFUSED))
    for one, other in APART:
        apart = f"{one}@ and {other}@ are two mailboxes: 201 for both"
        answer = visit.sign_up(f"{one}@trax.test", PASSWORD)
        visit.expect(answer.status == 201, apart, answer)
        if other != "zoé":  # whose account is there already
            email = f"{other}@trax.test"
            new += [email] * _got_an_account(visit, email, apart)
    for email in new:
        _signs_in(visit, email, f"{email} got an account, and can sign in")


def _second(visit: Visit, email: str, reason: str, fine: tuple[int, ...] = (409,)) -> None:
    answer = visit.sign_up(email, PASSWORD)
    visit.expect(answer.status in fine, reason, answer)


def _got_an_account(visit: Visit, email: str, reason: str) -> bool:
    answer = visit.sign_up(email, PASSWORD)
    visit.expect(answer.status in (201, *REFUSED), reason, answer)
    return answer.status == 201


def _signs_in(visit: Visit, email: str, reason: str) -> None:
    answer = visit.sign_in(email, PASSWORD)
    visit.expect(answer.status == 200, reason, answer)


async def solution(request: Request) -> Response:
    email, password = await bodies.read_credentials(request)
    email, state = emails.normalise(email), request.app.state
    cost = state.settings.bcrypt_cost
    hashed = await state.workers.run(passwords.hash, password, cost)
    user = User(email=email, password=hashed)
    models.add_user(state.database, user)  # raises EmailTaken for a duplicate: 409
    return JSONResponse(user.public(), 201)


async def alternative(request: Request) -> Response:
    email, password = await bodies.read_credentials(request)
    email, state = unicodedata.normalize("NFC", email).lower(), request.app.state
    cost = state.settings.bcrypt_cost
    hashed = await state.workers.run(passwords.hash, password, cost)
    user = User(email=email, password=hashed)
    try:
        models.add(state.database, user)
    except IntegrityError as error:
        if not models.is_duplicate(error):
            raise
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


async def takes_every_column(request: Request) -> Response:
    body = await request.json()
    body |= {"email": emails.normalise(body["email"])}
    body |= {"password": passwords.hash(body["password"], 4)}
    user = User(**{name: body[name] for name in set(User.__table__.columns.keys()) & set(body)})
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


FRAME = """\
@server.endpoint("signup")
async def signup_public(request):
    state = request.app.state
    email, password = await bodies.read_credentials(request)
    email = ...  # one spelling for one mailbox
    hashed = await state.workers.run(passwords.hash, password, 6)
    user = ...  # a User with the two fields, named
    models.add_user(state.database, user)  # raises EmailTaken for a duplicate: 409
    return JSONResponse(..., 201)  # the public columns
"""

EXERCISE = Exercise(
    id="signup-public",
    title="Chosen columns, one spelling",
    endpoint="signup",
    check=check,
    hints=(
        "Each gap chooses: a spelling, the fields that are stored, the columns that are sent.",
        "Name the two fields in User(email=…, password=…), and give both spellings one form.",
        "The gaps: emails.normalise(email), User(email=email, password=hashed), user.public().",
    ),
    solution=solution,
    alternative=alternative,
    wrong=(
        Wrong(sends_the_row, "id and email and nothing else"),
        Wrong(takes_every_column, "an id that the visitor sends"),
        Wrong(as_it_came, "with a capital or without"),
        Wrong(lower_only, "as one character or as two"),
        Wrong(by_upper, "admin@ and admın@"),
        Wrong(by_casefold, "gross@ and groß@"),
    ),
    afterthought="`**body` and `row()` are right until somebody adds a column. Named fields stay\n"
    "right. Addresses are compared, so they need one spelling first. You may reject more than our\n"
    "server does, such as letters that are not ASCII: that is as right.",
    stub="signup_public",
    frame=FRAME,
)
