"""Exercise of lesson 00: a first own route, with a parameter of the request."""

from json import dumps

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from classroom.checking.exercise import Exercise, Wrong
from classroom.checking.visit import Visit
from classroom.exchanges.exchange import Exchange

# Names as people have them; one is not JSON unless it is escaped, and one has wide letters.
NAMES = ("Grace", "Linus", "Zoë van der Berg", "小林", 'Ada "the Countess" & co', "ada", "Ａｄａ")


def check(visit: Visit) -> None:
    """Greet some people, also where another parameter comes first; then a stranger."""
    for name in NAMES:
        greeting = visit.get("/health", params={"name": name})
        _is_json(visit, greeting)
        _greets(visit, greeting, name)
    _greets(visit, visit.get("/health", params={"song": "Strange Fruit", "name": "Nina"}), "Nina")
    for nameless in (visit.get("/health"), visit.get("/health", params={"song": "Stardust"})):
        _is_json(visit, nameless)
        greets = nameless.json() == {"hello": "stranger"}
        visit.expect(
            greets, 'without a name it greets the stranger: {"hello": "stranger"}', nameless
        )


def _is_json(visit: Visit, answer: Exchange) -> None:
    visit.expect(answer.status == 200, "a greeting is answered with 200 OK", answer)
    kind = dict(answer.response_headers).get("content-type", "")
    visit.expect(kind.startswith("application/json"), "the answer is JSON, and says so", answer)
    try:
        answer.json()
    except ValueError:
        visit.expect(False, "the body is valid JSON, whatever the name contains", answer)


def _greets(visit: Visit, answer: Exchange, name: str) -> None:
    wanted = {"hello": name}
    shown = dumps(wanted, ensure_ascii=False)
    reason = f'the name in the answer is the one after "name=": {shown}'
    visit.expect(answer.json() == wanted, reason, answer)


async def solution(request: Request) -> Response:
    name = request.query_params.get("name", "stranger")
    return JSONResponse({"hello": name})


async def alternative(request: Request) -> Response:
    name = "stranger"
    if "name" in request.query_params:
        name = request.query_params["name"]
    return JSONResponse({"hello": name})


async def always_ada(request: Request) -> Response:
    return JSONResponse({"hello": "Ada"})


async def no_default(request: Request) -> Response:
    return JSONResponse({"hello": request.query_params.get("name")})


async def as_text(request: Request) -> Response:
    return PlainTextResponse("hello " + request.query_params.get("name", "stranger"))


async def needs_a_name(request: Request) -> Response:
    return JSONResponse({"hello": request.query_params["name"]})


FRAME = """\
@server.endpoint("health")
async def health(request):
    name = ...
    return JSONResponse({"hello": ...})
"""

EXERCISE = Exercise(
    id="say-hello",
    title="Greet anyone",
    endpoint="health",
    check=check,
    hints=(
        "Everything that the request contains is an attribute of the argument `request`.",
        "`request.query_params` is like a dict of the parameters after the question mark.",
        'name = request.query_params.get("name", "stranger"), and the name is the second gap too.',
    ),
    solution=solution,
    alternative=alternative,
    wrong=(
        Wrong(always_ada, "the one after"),
        Wrong(no_default, "greets the stranger"),
        Wrong(as_text, "the answer is JSON"),
        Wrong(needs_a_name, "KeyError"),
    ),
    afterthought="Ask of every input: what if it is missing?\n"
    "`get` returns its second argument if the name is missing.",
    frame=FRAME,
)
