"""Answers to token-sign: other ways to sign the same claims, and tokens with something wrong."""

import base64
import hashlib
import itertools
import secrets
import time
import uuid
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import jwt
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from classroom.attacks.forge import forge, unsigned
from classroom.checking.exercise import Wrong
from minisrv.auth import access_tokens, passwords, sessions
from minisrv.db import models
from minisrv.db.models import User

TYPE = "trax-access+jwt"
EIGHT_HOURS = 8 * 60 * 60
COUNTER = itertools.count(1)
Json = dict[str, object]
Endpoint = Callable[[Request], Awaitable[Response]]


async def account(request: Request) -> User:
    body = await request.json()
    user = User(email=body["email"], password=passwords.hash(body["password"], 4))
    models.add(request.app.state.database, user)
    return user


def key_of(request: Request) -> str:
    return request.app.state.settings.secret


def claims_of(user: User) -> Json:
    now = int(time.time())
    claims = {"iss": "trax", "aud": "trax", "sub": str(user.id), "jti": uuid.uuid4().hex}
    return claims | {"iat": now, "exp": now + EIGHT_HOURS}


def answered(user: User, token: str, **attributes: object) -> Response:
    response = JSONResponse(user.public(), 201)
    attributes = {"httponly": True, **attributes}
    response.set_cookie("TRAX_ACCESS_TOKEN", token, **attributes)
    return response


def signing(claims: Callable[[User], Json], name: str, **header: object) -> Endpoint:
    """Return a sign-up called `name` that signs `claims` of the user, with more in the header."""

    async def signup(request: Request) -> Response:
        user = await account(request)
        headers = {"typ": TYPE, **header}
        return answered(user, jwt.encode(claims(user), key_of(request), headers=headers))

    signup.__name__ = name
    return signup


def changing(name: str, **changes: Callable[[User], object]) -> Endpoint:
    """Return a sign-up that is right but for some claims; a claim of None is left out."""

    def claims(user: User) -> Json:
        changed = claims_of(user) | {claim: make(user) for claim, make in changes.items()}
        return {claim: value for claim, value in changed.items() if value is not None}

    return signing(claims, name)


# Right.


async def by_hand(request: Request) -> Response:
    user = await account(request)
    token = forge(claims_of(user), key_of(request).encode(), {"alg": "HS256", "typ": TYPE})
    return answered(user, token, samesite="strict", secure=True)


async def with_dates(request: Request) -> Response:
    user, now = await account(request), datetime.now(UTC)
    claims = claims_of(user) | {"iat": now, "exp": now + timedelta(hours=8), "nbf": now}
    claims |= {"jti": secrets.token_urlsafe(16), "aud": ["trax"]}
    return answered(user, jwt.encode(claims, key_of(request), headers={"typ": TYPE}))


async def starts_a_session(request: Request) -> Response:
    user = await account(request)
    response = JSONResponse(user.public(), 201)
    await sessions.start(request, response, user)
    return response


async def for_a_quarter_of_an_hour(request: Request) -> Response:
    user = await account(request)
    token = access_tokens.issue(user.id, key_of(request), 15 * 60)
    return answered(user, token, max_age=15 * 60)


# Wrong.


async def hands_it_to_scripts_too(request: Request) -> Response:
    user = await account(request)
    token = access_tokens.issue(user.id, key_of(request), EIGHT_HOURS)
    response = JSONResponse(user.public() | {"token": token}, 201)
    response.set_cookie("TRAX_ACCESS_TOKEN", token, httponly=True)
    return response


async def without_httponly(request: Request) -> Response:
    user = await account(request)
    return answered(user, access_tokens.issue(user.id, key_of(request), 60), httponly=False)


async def answers_with_the_row(request: Request) -> Response:
    user = await account(request)
    response = JSONResponse(user.row(), 201)
    token = access_tokens.issue(user.id, key_of(request), EIGHT_HOURS)
    response.set_cookie("TRAX_ACCESS_TOKEN", token, httponly=True)
    return response


async def one_token_for_all(request: Request) -> Response:
    user = await account(request)
    return answered(user, access_tokens.issue(1, key_of(request), EIGHT_HOURS))


async def with_another_algorithm(request: Request) -> Response:
    user = await account(request)
    token = jwt.encode(claims_of(user), key_of(request) * 2, "HS512", headers={"typ": TYPE})
    return answered(user, token)


async def without_a_signature(request: Request) -> Response:
    user = await account(request)
    return answered(user, unsigned(claims_of(user)))


async def with_a_key_of_its_own(request: Request) -> Response:
    user = await account(request)
    token = jwt.encode(claims_of(user), secrets.token_urlsafe(32), headers={"typ": TYPE})
    return answered(user, token)


async def with_a_word_as_the_key(request: Request) -> Response:
    user = await account(request)
    token = forge(claims_of(user), b"sunshine", {"alg": "HS256", "typ": TYPE})
    return answered(user, token)


async def in_a_header_too(request: Request) -> Response:
    user = await account(request)
    token = jwt.encode(claims_of(user), key_of(request), headers={"typ": TYPE})
    response = answered(user, token)
    response.headers["Authorization"] = f"Bearer {token}"
    return response


async def in_two_cookies(request: Request) -> Response:
    user = await account(request)
    token = jwt.encode(claims_of(user), key_of(request), headers={"typ": TYPE})
    response = answered(user, token)
    response.set_cookie("debug", token)
    return response


async def answers_with_more(request: Request) -> Response:
    user = await account(request)
    token = jwt.encode(claims_of(user), key_of(request), headers={"typ": TYPE})
    response = JSONResponse(user.public() | {"admin": False}, 201)
    response.set_cookie("TRAX_ACCESS_TOKEN", token, httponly=True)
    return response


def of_the_address(user: User) -> str:
    return hashlib.sha256(user.email.encode()).hexdigest()


def hidden(user: User) -> str:
    return base64.urlsafe_b64encode(user.email.encode()).decode().rstrip("=")


def in_seconds(seconds: int) -> Callable[[User], int]:
    return lambda user: int(time.time()) + seconds


def of_this_second(user: User) -> str:
    return f"signed-up-at-{int(time.time())}"


RIGHT = (by_hand, with_dates, starts_a_session, for_a_quarter_of_an_hour)
WRONG = (
    Wrong(hands_it_to_scripts_too, "in the cookie alone"),
    Wrong(in_a_header_too, "in no other header"),
    Wrong(in_two_cookies, "in no other header"),
    Wrong(answers_with_more, "`id` and `email` and nothing else"),
    Wrong(without_httponly, "HttpOnly"),
    Wrong(answers_with_the_row, "no password and no hash"),
    Wrong(one_token_for_all, "`sub` is the number of the account"),
    Wrong(with_another_algorithm, "the header says alg HS256"),
    Wrong(without_a_signature, "the header says alg HS256"),
    Wrong(with_a_key_of_its_own, "the second request"),
    Wrong(with_a_word_as_the_key, "no word of the list"),
    Wrong(signing(claims_of, "of_type_jwt", typ="JWT"), "the header says typ trax-access+jwt"),
    Wrong(signing(claims_of, "name_in_header", who="ada"), "nothing else in the header"),
    Wrong(changing("hash_in_it", pw=lambda user: user.password), "no other claims: here pw"),
    Wrong(changing("digest_in_it", who=of_the_address), "no other claims: here who"),
    Wrong(changing("without_iss", iss=lambda user: None), "missing: iss"),
    Wrong(changing("without_jti", jti=lambda user: None), "missing: jti"),
    Wrong(changing("for_billing", aud=lambda user: "billing"), "`iss` and `aud` are trax"),
    Wrong(changing("for_a_year", exp=in_seconds(364 * 86400)), "within eight hours"),
    Wrong(changing("ended", exp=in_seconds(-1)), "within eight hours"),
    Wrong(changing("made_in_1970", iat=lambda user: 0), "`iat` is the time of now"),
    Wrong(changing("jti_of_address", jti=of_the_address), "never used twice"),
    Wrong(changing("jti_hides_address", jti=hidden), "never used twice"),
    Wrong(changing("jti_of_second", jti=of_this_second), "two tokens"),
    Wrong(changing("jti_counts", jti=lambda user: str(next(COUNTER))), "16 characters"),
)
