"""Exercise of lesson 00: a first own route, with a parameter of the request."""

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from classroom.checking.exercise import Exercise, Wrong
from classroom.checking.visit import Visit


def check(visit: Visit) -> None:
    """Greet two people and a stranger."""
    for name in ("Grace", "Linus"):
        greeting = visit.get("/health", params={"name": name})
        visit.expect(greeting.status == 200, "a greeting is answered with 200 OK")
        kind = dict(greeting.response_headers).get("content-type", "")
        visit.expect(kind.startswith("application/json"), "the answer is JSON")
        visit.expect(
            greeting.json() == {"hello": name}, 'the name in the answer is the one after "?name="'
        )
    nameless = visit.get("/health")
    visit.expect(nameless.status == 200, "no name at all is answered with 200 OK as well")
    visit.expect(nameless.json() == {"hello": "stranger"}, "without a name it greets the stranger")


async def solution(request: Request) -> Response:
    return JSONResponse({"hello": request.query_params.get("name", "stranger")})


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


EXERCISE = Exercise(
    id="say-hello",
    title="Greet anyone",
    endpoint="health",
    check=check,
    hints=(
        "Everything that the request contains is an attribute of the argument `request`.",
        "`request.query_params` is like a dict of the parameters after the question mark.",
        'Return JSONResponse({"hello": …}) with request.query_params.get("name", "stranger").',
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
    "`get` with a second argument gives the answer at once.",
)
