"""Answers to signup-public: other ways to choose columns and a spelling, and ways to seem to."""

import base64
import json
import re
import unicodedata
from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import IntegrityError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from classroom.checking.exercise import Wrong
from minisrv.auth import emails, passwords
from minisrv.db import models
from minisrv.db.models import User
from minisrv.errors import EmailTaken, InvalidEmail
from minisrv.web import bodies

ASCII_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", re.ASCII)  # as <input type=email>
TAKEN = {"error": "There is an account with this address."}


def composed(email: str) -> str:
    return unicodedata.normalize("NFC", email).lower()


async def stored(
    request: Request,
    fold: Callable[[str], str] = composed,
    hashed: Callable[[str], str] = lambda password: passwords.hash(password, 4),
) -> tuple[User, str]:
    """Store the account, or raise EmailTaken; return it, and the address that was typed."""
    body = await request.json()
    user = User(email=fold(body["email"]), password=hashed(body["password"]))
    models.add_user(request.app.state.database, user)
    return user, body["email"]


def created(user: User) -> Response:
    return JSONResponse({"id": user.id, "email": user.email}, 201)


# Right.


async def names_each_column(request: Request) -> Response:
    user, _ = await stored(request)
    return created(user)


async def shows_the_address_as_typed(request: Request) -> Response:
    user, typed = await stored(request)
    return JSONResponse({"email": typed, "id": user.id}, 201)


async def lets_the_database_ignore_a_conflict(request: Request) -> Response:
    email, password = await bodies.read_credentials(request)
    values = {"email": emails.normalise(email), "password": passwords.hash(password, 4)}
    with request.app.state.database.begin() as session:
        row = insert(User).values(values).on_conflict_do_nothing().returning(User)
        user = session.scalar(row)
        return created(user) if user else JSONResponse(TAKEN, 409)


async def takes_ascii_alone(request: Request) -> Response:
    email, password = await bodies.read_credentials(request)
    if not ASCII_ADDRESS.fullmatch(email):
        raise InvalidEmail
    user = User(email=email.lower(), password=passwords.hash(password, 4))
    models.add_user(request.app.state.database, user)
    return JSONResponse(user.public(), 201)


async def takes_composed_addresses_alone(request: Request) -> Response:
    body = await request.json()
    if not unicodedata.is_normalized("NFC", body["email"]):
        raise InvalidEmail
    return await names_each_column(request)


async def rejects_fields_that_nobody_asked_for(request: Request) -> Response:
    if set(await request.json()) != {"email", "password"}:
        return JSONResponse({"error": "Send email and password, and nothing else."}, 422)
    return await names_each_column(request)


# Wrong.


async def catches_everything(request: Request) -> Response:
    try:
        return await names_each_column(request)
    except Exception:
        return JSONResponse(TAKEN, 409)


async def any_integrity_error(request: Request) -> Response:
    body = await request.json()
    user = User(email=composed(body["email"]), password=passwords.hash(body["password"], 4))
    try:
        models.add(request.app.state.database, user)
    except IntegrityError:
        return JSONResponse(TAKEN, 409)
    return created(user)


async def drops_the_id_and_takes_the_rest(request: Request) -> Response:
    body = await request.json()
    body.pop("id", None)
    body |= {"email": composed(body["email"]), "password": passwords.hash(body["password"], 4)}
    user = User(**body)
    models.add_user(request.app.state.database, user)
    return created(user)


async def echoes_what_was_sent(request: Request) -> Response:
    user, _ = await stored(request)
    body = await request.json()
    return JSONResponse({**body, "id": user.id}, 201)


async def hash_in_a_header(request: Request) -> Response:
    user, _ = await stored(request)
    return JSONResponse(user.public(), 201, {"X-Debug": user.password})


def row_in_a_cookie(encode: Callable[[bytes], bytes]) -> Callable:
    """Return a route that puts the whole row into a cookie, encoded."""

    async def signup(request: Request) -> Response:
        user, _ = await stored(request)
        response = created(user)
        row = json.dumps({"id": user.id, "email": user.email, "password": user.password})
        response.set_cookie("me", encode(row.encode()).decode(), httponly=True)
        return response

    return signup


async def by_compatibility(request: Request) -> Response:
    fold = lambda email: unicodedata.normalize("NFKC", email).lower()  # noqa: E731
    return created((await stored(request, fold))[0])


async def without_accents(request: Request) -> Response:
    def fold(email: str) -> str:
        split = unicodedata.normalize("NFD", email.lower())
        return "".join(c for c in split if not unicodedata.combining(c))

    return created((await stored(request, fold))[0])


async def domain_only(request: Request) -> Response:
    def fold(email: str) -> str:
        name, _, domain = unicodedata.normalize("NFC", email).rpartition("@")
        return f"{name}@{domain.lower()}"

    return created((await stored(request, fold))[0])


async def compares_but_stores_as_typed(request: Request) -> Response:
    body = await request.json()
    with request.app.state.database() as session:
        for other in session.scalars(select(User)):
            if composed(other.email) == composed(body["email"]):
                raise EmailTaken
    return created((await stored(request, str))[0])


async def keeps_the_password(request: Request) -> Response:
    return created((await stored(request, hashed=str))[0])


async def hashes_small_letters(request: Request) -> Response:
    hashed = lambda password: passwords.hash(password.lower(), 4)  # noqa: E731
    return created((await stored(request, hashed=hashed))[0])


async def calls_other_alphabets_taken(request: Request) -> Response:
    if not (await request.json())["email"].isascii():
        raise EmailTaken
    return await names_each_column(request)


async def drops_what_is_not_ascii(request: Request) -> Response:
    fold = lambda email: composed(email).encode("ascii", "ignore").decode()  # noqa: E731
    return created((await stored(request, fold))[0])


async def every_name_of_the_class(request: Request) -> Response:
    body = await request.json()
    user = User(**{name: body[name] for name in body if hasattr(User, name) and name != "id"})
    user.email, user.password = composed(user.email), passwords.hash(user.password, 4)
    models.add_user(request.app.state.database, user)
    return JSONResponse(user.public(), 201)


async def takes_a_hash_as_it_is(request: Request) -> Response:
    def hashed(password: str) -> str:
        return password if "$2b$" in password else passwords.hash(password, 4)

    return created((await stored(request, hashed=hashed))[0])


async def without_plus(request: Request) -> Response:
    return created((await stored(request, lambda email: composed(email).replace("+", "")))[0])


async def without_a_tag(request: Request) -> Response:
    return created((await stored(request, lambda one: re.sub(r"[+][^@]*", "", composed(one))))[0])


async def signs_in_who_is_there(request: Request) -> Response:
    try:
        return await names_each_column(request)
    except EmailTaken:
        return JSONResponse({"message": "You are here already."}, 200)


RIGHT = (
    names_each_column,
    shows_the_address_as_typed,
    lets_the_database_ignore_a_conflict,
    takes_ascii_alone,
    takes_composed_addresses_alone,
    rejects_fields_that_nobody_asked_for,
)
WRONG = (
    Wrong(catches_everything, "a lost table"),
    Wrong(any_integrity_error, "a row that a trigger rejects"),
    Wrong(drops_the_id_and_takes_the_rest, "invalid keyword argument"),
    Wrong(echoes_what_was_sent, "id and email and nothing else"),
    Wrong(hash_in_a_header, "no hash is in the response"),
    Wrong(row_in_a_cookie(base64.b64encode), "no hash is in the response"),
    Wrong(row_in_a_cookie(base64.urlsafe_b64encode), "no hash is in the response"),
    Wrong(by_compatibility, "two mailboxes"),
    Wrong(without_accents, "zoe@ and zoé@ are two mailboxes"),
    Wrong(domain_only, "with a capital or without"),
    Wrong(compares_but_stores_as_typed, "Ada can sign in"),
    Wrong(keeps_the_password, "Ada can sign in"),
    Wrong(hashes_small_letters, "Ada can sign in"),
    Wrong(calls_other_alphabets_taken, "zoé@ is a new address"),
    Wrong(drops_what_is_not_ascii, "zoé@trax.test got an account, and can sign in"),
    Wrong(every_name_of_the_class, "TypeError: 'str' object is not callable"),
    Wrong(takes_a_hash_as_it_is, "a password that looks like a hash"),
    Wrong(without_plus, "jotrax@ and jo+trax@ are two mailboxes"),
    Wrong(without_a_tag, "jo+trax@trax.test got an account, and can sign in"),
    Wrong(signs_in_who_is_there, "with a capital or without"),
)
