"""More answers to the exercise route-body: other right routes, and attempts to pass with less.

Most wrong ones are a right route with one part of it exchanged.
"""

import ast
import json
import re
from collections.abc import Awaitable, Callable
from email.message import Message

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from classroom.checking.exercise import Wrong
from minisrv.db import models
from minisrv.db.models import User
from minisrv.routes.signup import reference

Route = Callable[[Request], Awaitable[Response]]


def refuse(status: int, error: object = "That is not what this address takes.") -> Response:
    return JSONResponse({"error": error}, status)


def is_json(request: Request) -> bool:
    return request.headers.get("content-type", "").split(";")[0].strip() == "application/json"


def parse(raw: bytes) -> object:
    return json.loads(raw.decode())


def is_text(value: object) -> bool:
    try:
        return isinstance(value, str) and value.encode() is not None
    except UnicodeEncodeError:
        return False


def store(request: Request, email: str) -> Response:
    user = User(email=email, password="left out today")
    models.add(request.app.state.database, user)
    return JSONResponse(user.public(), 201)


def built(
    is_json: Callable[[Request], bool] = is_json,
    parse: Callable[[bytes], object] = parse,
    is_text: Callable[[object], bool] = is_text,
    errors: tuple[type[Exception], ...] = (ValueError, RecursionError),
    refuse: Callable[[int], Response] = refuse,
    store: Callable[[Request, str], Response] = store,
) -> Route:
    """Return a sign-up that is right but for the part that is handed over."""

    async def signup(request: Request) -> Response:
        if not is_json(request):
            return refuse(415)
        try:
            body = parse(await request.body())
        except errors:
            return refuse(400)
        if not isinstance(body, dict):
            return refuse(400)
        if not (is_text(body.get("email")) and is_text(body.get("password"))):
            return refuse(422)
        return store(request, str(body.get("email")))

    return signup


async def raises_and_is_strict(request: Request) -> Response:
    header = Message()
    header["Content-Type"] = request.headers.get("content-type", "")
    if header.get_content_type() != "application/json":
        raise HTTPException(415)
    raw = bytearray()
    async for chunk in request.stream():
        raw += chunk
        if len(raw) > 10_000:
            raise HTTPException(413)
    try:
        match json.loads(raw.decode("utf-8", "strict"), parse_constant=int):
            case {"email": str(email), "password": str(password)}:
                (email + password).encode()
            case dict():
                raise HTTPException(422)
            case _:
                raise HTTPException(400)
    except UnicodeEncodeError:
        raise HTTPException(422) from None
    except ValueError:
        raise HTTPException(400) from None
    return store(request, email)


def no_halves_by_pattern(value: object) -> bool:
    return isinstance(value, str) and not re.search("[\ud800-\udfff]", value)


async def no_shape(request: Request) -> Response:
    if not is_json(request):
        return refuse(415)
    try:
        body = parse(await request.body())
        known = "email" in body and "password" in body
    except ValueError:
        return refuse(400)
    return store(request, body["email"]) if known else refuse(422)


async def one_try_around_all(request: Request) -> Response:
    if not is_json(request):
        return refuse(415)
    try:
        return await built()(request)
    except Exception:
        return refuse(400)


async def type_last(request: Request) -> Response:
    answer = await built(is_json=lambda request: True)(request)
    return answer if is_json(request) or answer.status_code != 201 else refuse(415)


async def syntax_first(request: Request) -> Response:
    try:
        parse(await request.body())
    except (ValueError, RecursionError):
        return refuse(400)
    return await built()(request)


async def stores_before_it_looks(request: Request) -> Response:
    answer = await built()(request)
    if answer.status_code == 422:
        store(request, "to be deleted")
    return answer


async def only_the_password(request: Request) -> Response:
    if not is_json(request):
        return refuse(415)
    try:
        body = parse(await request.body())
    except (ValueError, RecursionError):
        return refuse(400)
    if not isinstance(body, dict):
        return refuse(400)
    if not (is_text(body.get("password")) and isinstance(body.get("email"), str)):
        return refuse(422)
    return store(request, body["email"])


def dropping_halves(value: object) -> bool:
    return isinstance(value, str) and value.encode("utf-8", "ignore") is not None


async def both_fields_at_once(request: Request) -> Response:
    """Look at the two texts together: two halves make a whole where they meet."""
    answer = await built()(request)
    if answer.status_code != 422:
        return answer
    match await request.json():
        case {"email": str(email), "password": str(password)} if is_text(_whole(email + password)):
            return store(request, email.encode("utf-8", "replace").decode())
    return answer


def _whole(text: str) -> str:
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")


def escaped_halves_only(raw: bytes) -> object:
    if b"\\ud800" in raw:
        return {}
    return parse(raw)


RIGHT = (
    built(),
    raises_and_is_strict,
    built(is_text=no_halves_by_pattern),
    reference,
)
WRONG = (
    Wrong(built(is_json=lambda request: False), "answered 2xx: Latin letters"),
    Wrong(
        built(is_json=lambda request: request.headers.get("content-type") == "application/json"),
        "answered 2xx: Persian",
    ),
    Wrong(
        built(is_json=lambda request: request.headers["content-type"].split(";")[0][-4:] == "json"),
        "'content-type'",
    ),
    Wrong(
        built(
            is_json=lambda request: "application/json" in request.headers.get("content-type", "")
        ),
        "json-seq",
    ),
    Wrong(
        built(is_json=lambda request: request.headers.get("content-type") != "text/plain"),
        "x-www-form-urlencoded is answered 415",
    ),
    Wrong(built(is_text=lambda one: isinstance(one, str) and one.isprintable()), "Persian"),
    Wrong(built(is_text=lambda one: isinstance(one, str) and one.isascii()), "Persian"),
    Wrong(built(is_text=lambda one: one), "password 5 is answered 422"),
    Wrong(built(is_text=lambda one: is_text(str(one))), "{} is answered 422"),
    Wrong(built(is_text=lambda one: isinstance(one, str)), "half a character is answered 422"),
    Wrong(built(is_text=dropping_halves), "half a character is answered 422"),
    Wrong(built(parse=escaped_halves_only, is_text=dropping_halves), "the other half of"),
    Wrong(
        built(parse=lambda raw: json.loads(raw.decode(), strict=False)),
        "a line break inside of a string is answered 400",
    ),
    Wrong(both_fields_at_once, "a character cut in two, a half in each field is answered 422"),
    Wrong(only_the_password, "UnicodeEncodeError"),
    Wrong(built(parse=json.loads), "UTF-16 is answered 400"),
    Wrong(built(parse=lambda raw: json.loads(raw.decode("latin-1"))), "no UTF-8 is answered 400"),
    Wrong(built(parse=lambda raw: parse(raw.decode(errors="ignore").encode())), "no UTF-8"),
    Wrong(built(parse=lambda raw: json.JSONDecoder().raw_decode(raw.decode())[0]), "after the"),
    Wrong(
        built(parse=lambda raw: ast.literal_eval(raw.decode().strip()), errors=(Exception,)),
        "a family of four",
    ),
    Wrong(built(errors=(json.JSONDecodeError,)), "UnicodeDecodeError"),
    Wrong(built(errors=(json.JSONDecodeError, UnicodeDecodeError)), "RecursionError"),
    Wrong(
        built(errors=(json.JSONDecodeError, UnicodeDecodeError, RecursionError)),
        "ValueError: Exceeds the limit",
    ),
    Wrong(no_shape, "[1] is answered 400"),
    Wrong(one_try_around_all, "the server's fault"),
    Wrong(type_last, "text/plain makes no account"),
    Wrong(syntax_first, "text/plain is answered 415"),
    Wrong(stores_before_it_looks, "makes no account"),
    Wrong(
        built(store=lambda request, email: JSONResponse({}, 201)),
        "each correct body makes one account",
    ),
    Wrong(built(refuse=lambda status: refuse(400)), "text/plain is answered 415"),
    Wrong(built(refuse=lambda status: refuse(status, {"no": "text"})), "sentence under error"),
    Wrong(built(refuse=lambda status: PlainTextResponse("No.", status)), "sentence under error"),
)
