"""Exercise of lesson 01: read a body that may contain anything, and say what is wrong with it."""

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

ADA = {"email": "ada@trax.test", "password": "midnight train to georgia"}
GOOD = json.dumps(ADA).encode()
ODD = odd_bodies(ADA | {"email": "hedy@trax.test"})
HALF_ADDRESS = json.dumps(ADA | {"email": "\ud800@trax.test"}).encode()
NO_OBJECT = ("nothing", "half an object", "[1]")
NOT_TWO_STRINGS = ("{}", "password 5", "e-mail {}", "half a character")


def check(visit: Visit) -> None:
    """Send correct bodies first, also with a parameter; then each kind of wrong one."""
    ada = _send(visit, GOOD, "application/json; charset=utf-8")
    visit.expect(ada.status < 300, "JSON with two strings is answered with 2xx", ada)
    for kind in ("text/plain", "application/x-www-form-urlencoded"):
        grace = _send(visit, GOOD.replace(b"ada", kind[:4].encode()), kind)
        _refused(visit, 415, f"a body of the type {kind}", grace)
    for name in NO_OBJECT:
        _refused(visit, 400, f"the body with {name}", _send(visit, ODD[name]))
    for name in NOT_TWO_STRINGS:
        _refused(visit, 422, f"the body with {name}", _send(visit, ODD[name]))
    half = _send(visit, HALF_ADDRESS)
    _refused(visit, 422, "the body with half a character in the address", half)
    visit.expect(len(visit.stolen_table()) == 1, "at the end there is one account")


def _send(visit: Visit, body: bytes, kind: str = "application/json") -> Exchange:
    return visit.post("/api/signup", data=body, headers={"Content-Type": kind})


def _refused(visit: Visit, status: int, name: str, answer: Exchange) -> None:
    # Our own server responds 400 to missing fields, too; servers differ, and both are right.
    fits = answer.status == status or (status, answer.status) == (422, 400)
    visit.expect(fits, f"{name} is answered {status}", answer)
    says = "a refusal is a JSON object with a sentence under error"
    visit.expect(answer.error_sentence, says, answer)


async def solution(request: Request) -> Response:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        return JSONResponse({"error": "Send JSON, please."}, 415)
    try:
        body = json.loads(await request.body())
    except (ValueError, RecursionError):
        return JSONResponse({"error": "The body is not JSON."}, 400)
    if not isinstance(body, dict):
        return JSONResponse({"error": "The body is not a JSON object."}, 400)
    texts = [body.get("email"), body.get("password")]
    if not all(isinstance(text, str) and text.isprintable() for text in texts):
        return JSONResponse({"error": "Send an e-mail address and a password as text."}, 422)
    user = User(email=texts[0], password=passwords.hash(texts[1], 4))
    models.add(request.app.state.database, user)
    return JSONResponse(user.public(), 201)


async def alternative(request: Request) -> Response:
    email, password = await bodies.read_credentials(request)  # raises an error with a message
    passwords.check_length(password)
    user = User(email=emails.normalise(email), password=passwords.hash(password, 4))
    models.add(request.app.state.database, user)
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


EXERCISE = Exercise(
    id="route-body",
    title="A body may be anything",
    endpoint="signup",
    check=check,
    hints=(
        "Check in this order: the declared type, the JSON syntax, an object, two strings.",
        "request.json() checks no type and raises ValueError; isinstance checks the fields.",
        "Compare content-type up to its `;`, wrap only the parsing in try, then test each field.",
    ),
    solution=solution,
    alternative=alternative,
    wrong=(
        Wrong(as_it_comes, "text/plain is answered 415"),
        Wrong(one_answer_for_all, "text/plain is answered 415"),
        Wrong(trusts_the_type, "JSONDecodeError"),
        Wrong(there_is_something, "password 5 is answered 422"),
        Wrong(another_envelope, "a sentence under error"),
    ),
    afterthought="Each check needs the one before it: type, syntax, shape, fields.\n"
    "A narrow try around the one line that may fail cannot confuse one error with another.\n"
    "Our own server answers missing fields 400; what counts is 4xx and a true message.",
)
