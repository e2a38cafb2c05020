"""Exercise of deeper/01-odd-bodies: read a body that may be anything, and say what is wrong."""

import json

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from classroom.attacks.odd_bodies import odd_bodies
from classroom.checking.exercise import Exercise, Wrong
from classroom.checking.visit import Visit
from classroom.exchanges.exchange import Exchange
from minisrv.auth import emails, passwords
from minisrv.db import models
from minisrv.db.models import User
from minisrv.web import bodies

JSON = "application/json"
ADA = {"email": "ada@trax.test", "password": "midnight train to georgia"}
ODD = odd_bodies(ADA)
# All of it is text: letters joined or kept apart by invisible characters, blanks of other widths.
PASSWORDS = {
    "Latin letters": ADA["password"],
    "Persian, with zero-width non-joiners": "می\u200cخواهم آواز بخوانم",
    "a family of four and a rainbow flag": "family mix 👨\u200d👩\u200d👧\u200d👦 🏳\ufe0f\u200d🌈",
    "no-break and ideographic spaces": "Sigur\u00a0Rós\u3000in the rain",
}
OTHER_TYPES = {
    "a body of the type text/plain": "text/plain",
    "a body of the type application/x-www-form-urlencoded": "application/x-www-form-urlencoded",
    "a body of the type application/json-seq (RFC 7464, many texts)": "application/json-seq",
    "a body of no type at all": None,
}
NO_OBJECT = {name: ODD[name] for name in ("nothing", "half an object", "[1]", "UTF-16")} | {
    "null": b"null",
    "a bare string": b'"email and password"',
    "a byte that is no UTF-8": b'{"email": "\xff@trax.test", "password": "midnight train"}',
    "something after the object": json.dumps(ADA).encode() + b" and so on",
    "single quotes": repr(ADA).encode(),
    "a line break inside of a string": b'{"email": "ada@trax.test", "password": "midnight\ntrain"}',
}
NOT_TWO_STRINGS = {
    name: ODD[name] for name in ("{}", "password 5", "e-mail {}", "half a character")
} | {
    "a password alone": json.dumps({"password": ADA["password"]}).encode(),
    "an e-mail of null": json.dumps(ADA | {"email": None}).encode(),
    "a list of passwords": json.dumps(ADA | {"password": [ADA["password"]]}).encode(),
    "half a character in the address": json.dumps(ADA | {"email": "\ud800@trax.test"}).encode(),
    "the other half of a character": json.dumps(
        ADA | {"password": "a night \udfff train"}
    ).encode(),
    "a character cut in two, a half in each field": json.dumps(
        {"email": "ada@trax.test\ud83d", "password": "\ude00 midnight train"}
    ).encode(),
}
# The prompt names no status for these: too deep, and a number that Python does not convert.
BREAKS_NOTHING = {
    "100,000 brackets": ODD["100,000 brackets"],
    "a number of 5,000 digits": b'{"email": ' + b"9" * 5000 + b', "password": "midnight train"}',
}


def check(visit: Visit) -> None:
    """Send correct bodies first, in several alphabets; then each kind of wrong one."""
    for number, (name, password) in enumerate(PASSWORDS.items()):
        body = json.dumps(ADA | {"email": f"ada{number}@trax.test", "password": password})
        made = _send(visit, body.encode(), f"{JSON}; charset=utf-8" if number else JSON)
        visit.expect(made.status < 300, f"JSON with two strings is answered 2xx: {name}", made)
    made = [row["email"] for row in visit.stolen_table()]
    expected = [f"ada{number}@trax.test" for number in range(len(PASSWORDS))]
    visit.expect(made == expected, "each correct body makes one account, with its address")
    for name, kind in OTHER_TYPES.items():
        for body in (json.dumps(ADA).encode(), b"no JSON either"):
            _refused(visit, 415, name, _send(visit, body, kind))
    for name, body in NO_OBJECT.items():
        _refused(visit, 400, f"the body with {name}", _send(visit, body))
    for name, body in NOT_TWO_STRINGS.items():
        _refused(visit, 422, f"the body with {name}", _send(visit, body))
    for name, body in BREAKS_NOTHING.items():
        visit.expect(
            400 <= _send(visit, body).status < 500, f"the body with {name} is answered 4xx"
        )
    visit.sql("DROP TABLE users")
    lost = visit.even_if_it_raises(lambda: _send(visit, json.dumps(ADA).encode()))
    own_fault = "a lost table is the server's fault: a status from 500 on, or an error not caught"
    visit.expect(lost.status >= 500, own_fault, lost)


def _send(visit: Visit, body: bytes, kind: str | None = JSON) -> Exchange:
    return visit.post("/api/signup", data=body, headers={"Content-Type": kind})


def _refused(visit: Visit, status: int, name: str, answer: Exchange) -> None:
    # Our own server responds 400 to missing fields, too; servers differ, and both are right.
    fits = answer.status == status or (status, answer.status) == (422, 400)
    visit.expect(fits, f"{name} is answered {status}", answer)
    says = "a refusal is a JSON object with a sentence under error"
    visit.expect(answer.error_sentence.strip(), says, answer)
    none_more = len(visit.stolen_table()) == len(PASSWORDS)
    visit.expect(none_more, f"{name} makes no account", answer)


async def solution(request: Request) -> Response:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        return JSONResponse({"error": "Send JSON, please."}, 415)
    raw = await request.body()
    try:
        body = json.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError):  # no UTF-8, no JSON, or too many brackets
        return JSONResponse({"error": "The body is not JSON."}, 400)
    if not isinstance(body, dict):
        return JSONResponse({"error": "The body is not a JSON object."}, 400)
    for name in ("email", "password"):
        text = body.get(name)
        if not isinstance(text, str) or any("\ud800" <= c <= "\udfff" for c in text):
            return JSONResponse({"error": f"The field {name} is not text."}, 422)
    user = models.User(email=body["email"], password="left out today")
    models.add(request.app.state.database, user)
    return JSONResponse(user.public(), 201)


async def alternative(request: Request) -> Response:
    email, password = await bodies.read_credentials(request)  # raises an error with a message
    passwords.check_length(password)  # and finds half characters
    state = request.app.state
    hashed = await state.workers.run(passwords.hash, password, state.settings.bcrypt_cost)
    user = User(email=emails.normalise(email), password=hashed)
    models.add(state.database, user)
    return JSONResponse(user.public(), 201)


async def as_it_comes(request: Request) -> Response:
    body = await request.json()
    user = User(email=body["email"], password=passwords.hash(body["password"], 4))
    models.add(request.app.state.database, user)
    return JSONResponse(user.public(), 201)


async def one_answer_for_all(request: Request) -> Response:
    try:
        return await as_it_comes(request)
    except Exception:
        return JSONResponse({"error": "User already exists"}, 401)


async def trusts_the_type(request: Request) -> Response:
    if not request.headers["content-type"].startswith("application/json"):
        return JSONResponse({"error": "Send JSON, please."}, 415)
    return await as_it_comes(request)


async def there_is_something(request: Request) -> Response:
    answer = await solution(request)
    if answer.status_code != 422:
        return answer
    body = await request.json()
    there = body.get("email") and body.get("password")  # of any type
    return JSONResponse({"email": str(body["email"])}, 201) if there else answer


async def another_envelope(request: Request) -> Response:
    answer = await solution(request)
    refused = answer.status_code >= 400
    return JSONResponse({"message": "No."}, answer.status_code) if refused else answer


FRAME = """\
import json

from minisrv.db import models


@server.endpoint("signup")
async def signup(request):
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        return JSONResponse({"error": "Send JSON, please."}, 415)
    raw = await request.body()
    try:
        body = json.loads(raw.decode("utf-8"))
    except ...:
        return JSONResponse({"error": "The body is not JSON."}, 400)
    ...  # no object: 400
    for name in ("email", "password"):
        ...  # no text, or half a character: 422
    user = models.User(email=body["email"], password="left out today")
    models.add(request.app.state.database, user)
    return JSONResponse(user.public(), 201)
"""

EXERCISE = Exercise(
    id="route-body",
    title="A body may be anything",
    endpoint="signup",
    check=check,
    hints=(
        "The first gap is two errors, the second an isinstance, and the third one for a field.",
        "A wrong encoding or syntax is a ValueError, too many brackets are a RecursionError, and "
        "body.get(name) is None if the field is missing.",
        "After isinstance(value, str) look for a character from "
        '"\\ud800" to "\\udfff", or let value.encode() raise a UnicodeEncodeError.',
    ),
    solution=solution,
    alternative=alternative,
    wrong=(
        Wrong(as_it_comes, "text/plain is answered 415"),
        Wrong(one_answer_for_all, "text/plain is answered 415"),
        Wrong(trusts_the_type, "application/json-seq (RFC 7464, many texts) is answered 415"),
        Wrong(there_is_something, "password 5 is answered 422"),
        Wrong(another_envelope, "a sentence under error"),
    ),
    afterthought="Each check needs the one before it: type, syntax, shape, fields.\n"
    "A narrow try around the one line that may fail cannot confuse one error with another.\n"
    "Our own server answers missing fields 400, and others 422: both say whose fault it is.",
    frame=FRAME,
)
