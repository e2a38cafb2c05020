"""More answers to the exercise say-hello: other right routes, and attempts to pass with less."""

import json
import unicodedata
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from classroom.checking.exercise import Wrong


def not_async(request: Request) -> Response:
    return JSONResponse({"hello": request.query_params.get("name") or "stranger"})


async def parsed_by_hand(request: Request) -> Response:
    (name, *_) = parse_qs(request.url.query).get("name", ["stranger"])
    body = json.dumps({"hello": name}, ensure_ascii=False)
    return Response(body, media_type="application/json; charset=utf-8")


async def by_exception(request: Request) -> JSONResponse:
    try:
        name = request.query_params["name"]
    except KeyError:
        name = "stranger"
    return JSONResponse({"hello": name})


async def split_and_not_decoded(request: Request) -> Response:
    return JSONResponse({"hello": request.url.query.partition("=")[2] or "stranger"})


async def whatever_comes_first(request: Request) -> Response:
    return JSONResponse({"hello": next(iter(request.query_params.values()), "stranger")})


async def json_by_hand(request: Request) -> Response:
    name = request.query_params.get("name", "stranger")
    return Response(f'{{"hello": "{name}"}}', media_type="application/json")


async def json_twice(request: Request) -> Response:
    return JSONResponse(json.dumps({"hello": request.query_params.get("name", "stranger")}))


async def without_the_type(request: Request) -> Response:
    return Response(json.dumps({"hello": request.query_params.get("name", "stranger")}))


async def in_english_letters(request: Request) -> Response:
    name = request.query_params.get("name", "stranger")
    return JSONResponse({"hello": name.encode("ascii", "ignore").decode()})


async def with_a_capital(request: Request) -> Response:
    return JSONResponse({"hello": request.query_params.get("name", "stranger").title()})


async def in_usual_letters(request: Request) -> Response:
    name = request.query_params.get("name", "stranger")
    return JSONResponse({"hello": unicodedata.normalize("NFKC", name)})


async def says_more(request: Request) -> Response:
    return JSONResponse({"hello": request.query_params.get("name", "stranger"), "status": "ok"})


async def created(request: Request) -> Response:
    return JSONResponse({"hello": request.query_params.get("name", "stranger")}, 201)


async def only_with_a_name(request: Request) -> Response | None:
    if "name" in request.query_params:
        return JSONResponse({"hello": request.query_params["name"]})


def remembering() -> object:
    """Return a route that greets the one before if nobody says a name."""
    last = ["stranger"]

    async def health(request: Request) -> Response:
        last[0] = request.query_params.get("name", last[0])
        return JSONResponse({"hello": last[0]})

    return health


async def those_two(request: Request) -> Response:
    name = request.query_params.get("name", "")
    return JSONResponse({"hello": name if name in ("Grace", "Linus") else "stranger"})


RIGHT = (not_async, parsed_by_hand, by_exception)
NAME = 'the name in the answer is the one after "name="'
WRONG = (
    Wrong(split_and_not_decoded, NAME),
    Wrong(whatever_comes_first, NAME),
    Wrong(json_by_hand, "the body is valid JSON"),
    Wrong(json_twice, NAME),
    Wrong(without_the_type, "the answer is JSON"),
    Wrong(in_english_letters, NAME),
    Wrong(with_a_capital, NAME),
    Wrong(in_usual_letters, NAME),
    Wrong(says_more, NAME),
    Wrong(created, "200 OK"),
    Wrong(only_with_a_name, "is a return missing?"),
    Wrong(remembering(), "greets the stranger"),
    Wrong(those_two, NAME),
)
