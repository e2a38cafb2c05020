"""More answers to the exercise route-verbs: other right routes, and attempts to pass with less."""

from collections.abc import Awaitable, Callable

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from classroom.checking.exercise import Wrong
from minisrv.db import models
from minisrv.db.models import User
from minisrv.routes.signup.verbs import EVERY_VERB

VERBS = [*EVERY_VERB, "BREW"]
ONLY_POST = {"Allow": "POST"}


def for_all(endpoint: object) -> Route:
    """Return a route for every verb, as the exercise's first line asks for."""
    return Route("/api/signup", endpoint, methods=VERBS)


async def store(request: Request, status: int = 201) -> Response:
    """Insert the account and return the response to it."""
    body = await request.json()
    user = User(email=body["email"], password="left out today")
    models.add(request.app.state.database, user)
    return JSONResponse(user.public(), status)


def refusal(headers: dict[str, str] = ONLY_POST, **fields: str) -> Response:
    return JSONResponse(fields or {"error": "Send a POST, please."}, 405, headers)


def rejecting(
    rejects: Callable[[Request], bool], answer: Callable[[], Response] = refusal
) -> Callable[[Request], Awaitable[Response]]:
    """Return a sign-up that responds `answer` if `rejects(request)`, and else stores."""

    async def signup(request: Request) -> Response:
        return answer() if rejects(request) else await store(request)

    return signup


def not_post(request: Request) -> bool:
    return request.method != "POST"


async def raises(request: Request) -> Response:
    if request.method != "POST":
        raise HTTPException(405, headers=ONLY_POST)
    return await store(request)


async def answers_options(request: Request) -> Response:
    allow = {"Allow": "OPTIONS, POST"}
    match request.method:
        case "POST":
            return await store(request)
        case "OPTIONS":
            return Response(status_code=204, headers=allow)
        case verb:
            return refusal(allow, error=f"{verb} does nothing here.")


def from_a_list_of_what_is_allowed() -> Callable[[Request], Awaitable[Response]]:
    actions = {"POST": store}

    async def signup(request: Request) -> Response:
        action = actions.get(request.method)
        return await action(request) if action else refusal({"allow": ",".join(actions)})

    return signup


async def body_first(request: Request) -> Response:
    body = await request.json()
    if request.method != "POST":
        return refusal()
    models.add(request.app.state.database, User(email=body["email"], password=""))
    return JSONResponse({}, 201)


async def acts_first(request: Request) -> Response:
    stored = await store(request)
    return refusal() if request.method != "POST" else stored


async def stores_nothing(request: Request) -> Response:
    return refusal() if request.method != "POST" else JSONResponse({}, 201)


async def stores_ada(request: Request) -> Response:
    if request.method != "POST":
        return refusal()
    count = len(await request.body())
    models.add(request.app.state.database, User(email=f"ada{count}@trax.test", password=""))
    return JSONResponse({}, 201)


async def answers_200(request: Request) -> Response:
    return refusal() if request.method != "POST" else await store(request, 200)


async def only_post_returns(request: Request) -> Response | None:
    if request.method == "POST":
        return await store(request)


async def believes_overrides(request: Request) -> Response:
    verb = request.headers.get("x-http-method-override", request.method)
    return refusal() if verb != "POST" else await store(request)


async def believes_the_query(request: Request) -> Response:
    verb = request.query_params.get("_method", request.method)
    return refusal() if verb != "POST" else await store(request)


async def judges_by_the_body(request: Request) -> Response:
    return await store(request) if await request.body() else refusal()


async def options_by_name_only(request: Request) -> Response:
    return await store(request) if request.method == "POST" else refusal({"Allow": "POST, OPTIONS"})


async def options_acts(request: Request) -> Response:
    return await store(request) if request.method in ("POST", "OPTIONS") else refusal()


async def options_in_secret(request: Request) -> Response:
    if request.method == "OPTIONS":
        return Response(status_code=204)
    return await store(request) if request.method == "POST" else refusal()


EVERY_ONE_BUT_POST = ("GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS")
SAFE = ("GET", "HEAD", "OPTIONS")

RIGHT = tuple(
    map(for_all, (raises, answers_options, from_a_list_of_what_is_allowed(), rejecting(not_post)))
)
WRONG = (
    Wrong(for_all(options_by_name_only), "does not name OPTIONS"),
    Wrong(for_all(options_acts), "OPTIONS is answered 405"),
    Wrong(for_all(options_in_secret), "OPTIONS is answered with Allow"),
    Wrong(for_all(rejecting(lambda request: request.method in EVERY_ONE_BUT_POST)), "BREW is"),
    Wrong(for_all(rejecting(lambda request: request.method in SAFE)), "PUT is answered 405"),
    Wrong(for_all(rejecting(lambda request: True)), "POST is answered with 201"),
    Wrong(
        for_all(rejecting(not_post, lambda: refusal({"Allow": "*"}))), "has the header Allow: POST"
    ),
    Wrong(
        for_all(rejecting(not_post, lambda: refusal({"Allow": ", ".join(VERBS)}))),
        "has the header Allow: POST",
    ),
    Wrong(for_all(rejecting(not_post, lambda: refusal(detail="No."))), "sentence under error"),
    Wrong(for_all(rejecting(not_post, lambda: refusal(error=" "))), "sentence under error"),
    Wrong(
        for_all(rejecting(not_post, lambda: JSONResponse({"error": "No."}, 501, ONLY_POST))),
        "GET is answered 405",
    ),
    Wrong(for_all(body_first), "JSONDecodeError"),
    Wrong(for_all(acts_first), "leaves no account behind"),
    Wrong(for_all(stores_nothing), "with the address that was sent"),
    Wrong(for_all(stores_ada), "with the address that was sent"),
    Wrong(for_all(answers_200), "POST is answered with 201"),
    Wrong(for_all(only_post_returns), "is a return missing?"),
    Wrong(for_all(believes_overrides), "GET that says POST in other headers"),
    Wrong(for_all(believes_the_query), "GET that says POST in other headers"),
    Wrong(for_all(judges_by_the_body), "GET is answered 405"),
)
