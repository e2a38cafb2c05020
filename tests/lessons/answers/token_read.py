"""Answers to token-read: other ways to verify a token, and ways that leave something out."""

import base64
import hmac
import time
import warnings

import jwt
from sqlalchemy import exists, select
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from classroom.attacks.forge import forge, unpacked
from classroom.checking.exercise import Wrong
from minisrv.auth import access_tokens
from minisrv.auth.current_user import current_user, user_of
from minisrv.db.models import RefreshToken, RevokedToken, User
from minisrv.errors import NotSignedIn
from tests.support.token_readers import (
    CHECKS,
    NO_AUD,
    NO_EXP,
    REQUIRED,
    TYPE,
    Json,
    accepting,
    ends_later_as_text,
    key_of,
    name_contains_ours,
    of_our_type,
    token_of,
    type_contains_ours,
    with_reader,
)

SEEN: dict[str, int] = {}


# Right.


async def as_our_server_does(request: Request) -> Response:
    return JSONResponse((await current_user(request)).public())


async def looks_at_the_tables_itself(request: Request) -> Response:
    claims = access_tokens.read(token_of(request), key_of(request))
    gone = exists().where(RevokedToken.id == claims.token_id)
    question = select(User).where(User.id == claims.user_id, ~gone)
    if claims.family:
        question = question.where(exists().where(RefreshToken.family == claims.family))
    with request.app.state.database() as session:
        user = session.scalar(question)
    if user is None:
        return JSONResponse({"error": "Please sign in."}, 401)
    return JSONResponse({"email": user.email, "id": user.id})


def by_hand(token: str, key: str) -> Json:
    text, _, signature = token.rpartition(".")
    mac = hmac.digest(key.encode(), text.encode(), "sha256")
    expected = base64.urlsafe_b64encode(mac).rstrip(b"=")
    if not hmac.compare_digest(signature.encode(), expected):
        raise NotSignedIn
    header, claims = map(unpacked, text.split("."))
    same = [claims["iss"], claims["aud"], header["alg"], header["typ"]]
    if same != ["trax", "trax", "HS256", TYPE] or not set(REQUIRED) <= claims.keys():
        raise NotSignedIn
    if claims["exp"] <= time.time():
        raise NotSignedIn
    return claims


def looks_at_the_type_first(token: str, key: str) -> Json:
    if jwt.get_unverified_header(token).get("typ") != TYPE:
        raise NotSignedIn
    return jwt.decode(token, key, algorithms=["HS256"], leeway=30, **CHECKS)


# Wrong.


def with_the_tokens_algorithm(token: str, key: str) -> Json:
    return with_one_of([jwt.get_unverified_header(token)["alg"]], token, key)


def with_a_family_of_algorithms(token: str, key: str) -> Json:
    return with_one_of(["HS256", "HS384", "HS512"], token, key)


def with_one_of(algorithms: list[str], token: str, key: str) -> Json:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", jwt.InsecureKeyLengthWarning)  # for HS512 the key is short
        return of_our_type(jwt.decode_complete(token, key, algorithms=algorithms, **CHECKS))


def signature_alone(token: str, key: str) -> Json:
    header, payload, _ = token.split(".")
    claims = unpacked(payload)
    if forge(claims, key.encode(), unpacked(header)) != token:
        raise NotSignedIn
    return claims


def from_anybody(token: str, key: str) -> Json:
    checks = {"audience": "trax", "options": {"require": REQUIRED}}
    return of_our_type(jwt.decode_complete(token, key, algorithms=["HS256"], **checks))


def for_anybody(token: str, key: str) -> Json:
    options = {"require": REQUIRED, "verify_aud": False}
    checks = {"issuer": "trax", "options": options}
    return of_our_type(jwt.decode_complete(token, key, algorithms=["HS256"], **checks))


def for_ever(token: str, key: str) -> Json:
    options = {"require": REQUIRED, "verify_exp": False}
    checks = CHECKS | {"options": options}
    return of_our_type(jwt.decode_complete(token, key, algorithms=["HS256"], **checks))


def an_hour_longer(token: str, key: str) -> Json:
    checks = CHECKS | {"leeway": 3600}
    return of_our_type(jwt.decode_complete(token, key, algorithms=["HS256"], **checks))


def without_a_jti(token: str, key: str) -> Json:
    checks = CHECKS | {"options": {"require": ["exp", "sub"]}}
    payload = of_our_type(jwt.decode_complete(token, key, algorithms=["HS256"], **checks))
    return {"jti": "none", **payload}


def of_any_type_of_ours(token: str, key: str) -> Json:
    whole = jwt.decode_complete(token, key, algorithms=["HS256"], **CHECKS)
    if not str(whole["header"].get("typ")).startswith("trax"):
        raise NotSignedIn
    return whole["payload"]


def of_no_refresh_type(token: str, key: str) -> Json:
    whole = jwt.decode_complete(token, key, algorithms=["HS256"], **CHECKS)
    if "refresh" in str(whole["header"].get("typ")):
        raise NotSignedIn
    return whole["payload"]


def digits_of_the_sub(token: str, key: str) -> Json:
    payload = of_our_type(jwt.decode_complete(token, key, algorithms=["HS256"], **CHECKS))
    return payload | {"sub": "".join(filter(str.isdigit, str(payload["sub"])))}


async def reads_the_address_too(request: Request) -> Response:
    token = token_of(request) or request.query_params.get("token", "")
    claims = access_tokens.read(token, key_of(request))
    return JSONResponse((await user_of(request, claims)).public())


async def any_cookie_that_is_called_so(request: Request) -> Response:
    cookies = request.cookies.items()
    tokens = [value for name, value in cookies if name.endswith("TRAX_ACCESS_TOKEN")]
    claims = access_tokens.read(tokens[0] if tokens else "", key_of(request))
    return JSONResponse((await user_of(request, claims)).public())


async def never_looks_who_left(request: Request) -> Response:
    claims = access_tokens.read(token_of(request), key_of(request))
    with request.app.state.database() as session:
        user = session.get(User, claims.user_id)
    return JSONResponse(user.public() if user else {}, 200 if user else 401)


async def knows_single_tokens_alone(request: Request) -> Response:
    claims = access_tokens.read(token_of(request), key_of(request))
    with request.app.state.database() as session:
        user = session.get(User, claims.user_id)
        if user is None or session.get(RevokedToken, claims.token_id):
            raise NotSignedIn
    return JSONResponse(user.public())


async def remembers_good_tokens(request: Request) -> Response:
    token = token_of(request)
    if token not in SEEN:
        SEEN[token] = (await current_user(request)).id
    with request.app.state.database() as session:
        return JSONResponse(session.get(User, SEEN[token]).public())


async def sends_the_row(request: Request) -> Response:
    return JSONResponse((await current_user(request)).row())


async def calls_every_fault_a_sign_out(request: Request) -> Response:
    try:
        return JSONResponse((await current_user(request)).public())
    except Exception:
        return JSONResponse({"error": "Please sign in."}, 401)


async def crashes_on_garbage(request: Request) -> Response:
    token = token_of(request)
    token.split(".")[2]
    return JSONResponse((await current_user(request)).public())


RIGHT = (
    as_our_server_does,
    looks_at_the_tables_itself,
    with_reader(by_hand),
    with_reader(looks_at_the_type_first),
)
WRONG = (
    Wrong(with_reader(with_the_tokens_algorithm), "401: of algorithm HS512"),
    Wrong(with_reader(with_a_family_of_algorithms), "401: of algorithm HS512"),
    Wrong(with_reader(signature_alone), "401: expired"),
    Wrong(with_reader(from_anybody), "401: of another issuer"),
    Wrong(with_reader(for_anybody), "401: for another service"),
    Wrong(with_reader(for_ever), "401: expired"),
    Wrong(with_reader(an_hour_longer), "401: expired ten minutes ago"),
    Wrong(with_reader(without_a_jti), "401: no jti"),
    Wrong(with_reader(of_any_type_of_ours), "401: of type trax-refresh+jwt"),
    Wrong(with_reader(of_no_refresh_type), "401: of type JWT"),
    Wrong(accepting("part_of_type", type_contains_ours), "401: of type not-trax-access+jwt"),
    Wrong(accepting("ends_as_texts", ends_later_as_text, options=NO_EXP), "401: expired in 2001"),
    Wrong(
        accepting("part_of_name", name_contains_ours, audience=None, options=NO_AUD),
        "401: for trax-billing",
    ),
    Wrong(with_reader(digits_of_the_sub), "401: of a sub that is no number"),
    Wrong(reads_the_address_too, "a token in the address"),
    Wrong(any_cookie_that_is_called_so, "a cookie of another name"),
    Wrong(never_looks_who_left, "401: signed out"),
    Wrong(knows_single_tokens_alone, "401: of a session that has ended"),
    Wrong(remembers_good_tokens, "401: signed out"),
    Wrong(sends_the_row, "`id` and `email` and nothing else"),
    Wrong(calls_every_fault_a_sign_out, "a lost table"),
    Wrong(crashes_on_garbage, "IndexError"),
)
