"""Exercise of lesson 01: accept POST, and respond 405 to all other verbs."""

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from classroom.checking.exercise import Exercise, Wrong
from classroom.checking.visit import Visit
from classroom.exchanges.exchange import Exchange
from minisrv.db import models
from minisrv.routes.signup.verbs import EVERY_VERB

ADA = {"email": "ada@trax.test", "password": "midnight train to georgia"}
GRACE = {"email": "grace@trax.test", "password": "rain over the harbour"}
OTHERS = ("GET", "PUT", "PATCH", "DELETE", "HEAD", "BREW")
# Headers that some frameworks take for the verb.
OVERRIDES = {"X-HTTP-Method-Override": "POST", "X-Method-Override": "POST"}
SAYS_ERROR = "a refusal is a JSON object with a sentence under error"


def check(visit: Visit) -> None:
    """Send each verb with a correct body and with none; then POST, which must still work."""
    for verb in OTHERS:
        _refused(visit, verb, visit.send(verb, "/api/signup", json=ADA))
        _refused(visit, f"{verb} without a body", visit.send(verb, "/api/signup"))
    posing = visit.get("/api/signup", json=ADA, headers=OVERRIDES, params={"_method": "POST"})
    _refused(visit, "GET that says POST in other headers and in its address", posing)
    _options(visit, _allowed(posing))
    for number, person in enumerate((ADA, GRACE), start=1):
        made = visit.sign_up(**person)
        visit.expect(made.status == 201, "POST is answered with 201", made)
        emails = [row["email"] for row in visit.stolen_table()]
        ours = emails == [ADA["email"], GRACE["email"]][:number]
        visit.expect(ours, "POST makes one account, with the address that was sent", made)


def _refused(visit: Visit, name: str, answer: Exchange) -> None:
    visit.expect(answer.status == 405, f"{name} is answered 405 Method Not Allowed", answer)
    visit.expect(not visit.stolen_table(), f"a refused {name} leaves no account behind", answer)
    allows = _allowed(answer) - {"OPTIONS"} == {"POST"}
    visit.expect(allows, "a 405 has the header Allow: POST", answer)
    says = answer.method == "HEAD" or answer.error_sentence.strip()
    visit.expect(says, SAYS_ERROR, answer)


def _options(visit: Visit, allowed: set[str]) -> None:
    """RFC 9110 §9.3.7 lets OPTIONS succeed as well; then, and only then, Allow may name it."""
    answer = visit.send("OPTIONS", "/api/signup", json=ADA)
    visit.expect(answer.status in (200, 204, 405), "OPTIONS is answered 405, or 204", answer)
    visit.expect(not visit.stolen_table(), "OPTIONS leaves no account behind", answer)
    allows = "POST" in _allowed(answer) <= {"POST", "OPTIONS"}
    visit.expect(allows, "OPTIONS is answered with Allow: POST as well", answer)
    true = answer.status != 405 or "OPTIONS" not in allowed
    visit.expect(true, "Allow does not name OPTIONS, which is answered 405", answer)


def _allowed(exchange: Exchange) -> set[str]:
    allow = dict(exchange.response_headers).get("allow", "")
    return {name.strip() for name in allow.split(",")}


async def solution(request: Request) -> Response:
    if request.method != "POST":
        return JSONResponse({"error": "This address takes POST."}, 405, {"Allow": "POST"})
    body = await request.json()
    user = models.User(email=body["email"], password="left out today")
    models.add(request.app.state.database, user)
    return JSONResponse(user.public(), 201)


async def alternative(request: Request) -> Response:
    body = await request.json()
    user = models.User(email=body["email"], password="left out today")
    models.add(request.app.state.database, user)
    return JSONResponse(user.public(), 201)


async def only_get(request: Request) -> Response:
    if request.method == "GET":
        return JSONResponse({"error": "Send a POST."}, 405, {"Allow": "POST"})
    return await alternative(request)


async def no_allow(request: Request) -> Response:
    if request.method != "POST":
        return JSONResponse({"error": "Send a POST."}, 405)
    return await alternative(request)


async def another_status(request: Request) -> Response:
    if request.method != "POST":
        return JSONResponse({"error": "Send a POST."}, 400, {"Allow": "POST"})
    return await alternative(request)


async def in_words(request: Request) -> Response:
    if request.method != "POST":
        return PlainTextResponse("Send a POST.", 405, {"Allow": "POST"})
    return await alternative(request)


async def too_late(request: Request) -> Response:
    response = await alternative(request) if request.method in ("POST", "PUT") else None
    if request.method != "POST":
        return JSONResponse({"error": "Send a POST."}, 405, {"Allow": "POST"})
    return response


def _for_all(endpoint: object) -> Route:
    return Route("/api/signup", endpoint, methods=[*EVERY_VERB, "BREW"])  # as in the lesson


FRAME = """\
from classroom.attacks.every_verb import VERBS
from minisrv.db import models


@server.endpoint("signup", methods=VERBS)
async def signup(request):
    if ...:
        return JSONResponse({"error": "This address takes POST."}, ...)
    body = await request.json()
    user = models.User(email=body["email"], password="left out today")
    models.add(request.app.state.database, user)
    return ...
"""

EXERCISE = Exercise(
    id="route-verbs",
    title="POST, and nothing else",
    endpoint="signup",
    check=check,
    hints=(
        "Look at the request's own attributes before you read its body.",
        "The verb is in request.method, and a 405 must name the verbs that are allowed.",
        'Write `if request.method != "POST"`, and 405 with the dict {"Allow": "POST"} behind it.',
    ),
    solution=_for_all(solution),
    alternative=Route("/api/signup", alternative, methods=["POST"]),
    wrong=(
        Wrong(_for_all(alternative), "GET is answered 405"),
        Wrong(_for_all(only_get), "PUT is answered 405"),
        Wrong(_for_all(no_allow), "has the header Allow: POST"),
        Wrong(_for_all(another_status), "GET is answered 405"),
        Wrong(_for_all(in_words), "a sentence under error"),
        Wrong(_for_all(too_late), "leaves no account behind"),
    ),
    afterthought="A list of what is forbidden is never complete; a list of what is allowed is.\n"
    "So test for POST, not against GET, and test before anything is done.",
    solution_lead="One answer, for a route that is called for every verb:",
    alternative_lead="Another, for a route that is called for POST only:",
    frame=FRAME,
)
