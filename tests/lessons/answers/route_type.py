"""More answers to the exercise route-type: other right routes, and attempts to pass with less."""

import re

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from classroom.checking.exercise import Wrong
from classroom.exercises.route_type import rejecting, solution
from minisrv.auth import csrf
from minisrv.db import models
from minisrv.db.models import User
from minisrv.routes.signup import reference


def starts_with_it(kind: str) -> bool:
    return not kind.lower().startswith("application/json")


def not_the_pattern(kind: str) -> bool:
    return not re.fullmatch(r"application/json\s*(;.*)?", kind, re.IGNORECASE)


def not_before_the_semicolon(kind: str) -> bool:
    type, *_ = kind.casefold().split(";")
    return type.rstrip() not in {"application/json"}


def outside_the_safelist(kind: str) -> bool:
    return kind.partition(";")[0].strip().lower() in {*THREE, ""}


async def acts_first(request: Request) -> Response:
    body = await request.json()
    user = User(email=body["email"], password="left out today")
    models.add(request.app.state.database, user)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        return JSONResponse({"error": "Send JSON, please."}, 415)
    return JSONResponse(user.public(), 201)


async def origin_alone(request: Request) -> Response:
    csrf.same_origin_only(request)
    return await rejecting(lambda kind: False)(request)


async def no_origin_at_all(request: Request) -> Response:
    if "origin" in request.headers:
        return JSONResponse({"error": "Send JSON, please."}, 415)
    return await solution(request)


async def needs_a_header_of_its_own(request: Request) -> Response:
    if "x-requested-with" not in request.headers:
        return JSONResponse({"error": "Send JSON, please."}, 415)
    return await solution(request)


async def stores_nothing(request: Request) -> Response:
    answer = await rejecting(starts_with_it)(request)
    if answer.status_code == 201:
        from sqlalchemy import delete

        with request.app.state.database.begin() as session:
            session.execute(delete(User))
    return answer


async def another_status(request: Request) -> Response:
    answer = await rejecting(starts_with_it)(request)
    return answer if answer.status_code == 201 else JSONResponse({"error": "No."}, 400)


async def header_must_be_there(request: Request) -> Response:
    if request.headers["content-type"].partition(";")[0].strip().lower() != "application/json":
        return JSONResponse({"error": "Send JSON, please."}, 415)
    return await rejecting(lambda kind: False)(request)


LISTED = ("application/json", "application/json; charset=utf-8", "Application/JSON")
THREE = {"text/plain", "multipart/form-data", "application/x-www-form-urlencoded"}

RIGHT = (
    rejecting(starts_with_it),  # enough against pages: each of its neighbours needs a preflight
    rejecting(not_the_pattern),
    rejecting(not_before_the_semicolon),
    rejecting(outside_the_safelist),  # right today, by the letter of the Fetch standard
    reference,  # which looks at the origin first
)
WRONG = (
    Wrong(rejecting(lambda kind: True), "our own page's application/json is answered"),
    Wrong(rejecting(lambda kind: False), "text/plain is answered 415"),
    Wrong(rejecting(lambda kind: "text/plain" in kind), "a form is answered 415"),
    Wrong(rejecting(lambda kind: kind in THREE), "text/plain is answered 415"),
    Wrong(rejecting(lambda kind: kind.partition(";")[0] in THREE), "TEXT/PLAIN in capitals"),
    Wrong(rejecting(lambda kind: kind.partition(";")[0].lower() in THREE), "no type at all"),
    Wrong(
        rejecting(lambda kind: kind.partition(";")[0].lower() in THREE or not kind),
        "text/plain and a blank is answered 415",
    ),
    Wrong(
        rejecting(lambda kind: kind.rpartition(";")[2].strip() != "application/json"), "mentions"
    ),
    Wrong(rejecting(lambda kind: not re.search("application/json", kind)), "mentions JSON"),
    Wrong(
        rejecting(lambda kind: not re.search(r"\bapplication/json\b", kind.split(";")[-1])),
        "mentions JSON",
    ),
    Wrong(rejecting(lambda kind: "application/json" not in kind.split("; ")), "mentions JSON"),
    Wrong(rejecting(lambda kind: kind not in LISTED), 'charset="UTF-8" is answered with 2xx'),
    Wrong(
        rejecting(lambda kind: kind.lower().split(";")[0] != "application/json"),
        "application/json ; charset=utf-8 is answered with 2xx",
    ),
    Wrong(
        rejecting(lambda kind: kind.split(";")[0].strip() != "application/json"),
        "Application/JSON is answered with 2xx",
    ),
    Wrong(
        rejecting(
            lambda kind: not re.fullmatch(r"application/json( *; *charset=\S+)?", kind, re.I)
        ),
        "application/json; is answered with 2xx",
    ),
    Wrong(acts_first, "makes no account"),
    Wrong(origin_alone, "where no header names an origin"),
    Wrong(no_origin_at_all, "our own page's application/json is answered"),
    Wrong(needs_a_header_of_its_own, "our own page's application/json is answered"),
    Wrong(stores_nothing, "makes an account"),
    Wrong(another_status, "text/plain is answered 415"),
    Wrong(header_must_be_there, "KeyError"),
)
