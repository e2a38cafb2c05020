"""Routes that answer to the exercise token-read, each with its own way to verify a token."""

import time
from collections.abc import Awaitable, Callable

import jwt
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from minisrv.auth.access_tokens import Claims
from minisrv.auth.current_user import user_of
from minisrv.errors import NotSignedIn

TYPE = "trax-access+jwt"
REQUIRED = ["iss", "aud", "sub", "iat", "exp", "jti"]
CHECKS = {"audience": "trax", "issuer": "trax", "options": {"require": REQUIRED}}
NO_EXP, NO_AUD = ({"require": REQUIRED, f"verify_{one}": False} for one in ("exp", "aud"))
Json = dict[str, object]
Read = Callable[[str, str], Json]
Endpoint = Callable[[Request], Awaitable[Response]]


def token_of(request: Request) -> str:
    return request.cookies.get("TRAX_ACCESS_TOKEN", "")


def key_of(request: Request) -> str:
    return request.app.state.settings.secret


def claims_from(payload: Json) -> Claims:
    number, ends = int(payload["sub"]), int(payload["exp"])
    return Claims(number, payload["jti"], ends, payload.get("sid"))


def with_reader(read: Read, name: str = "") -> Endpoint:
    """Return a `me` that verifies by `read`, and then looks up account and session as ours does."""

    async def me(request: Request) -> Response:
        try:
            payload = read(token_of(request), key_of(request))
            claims = claims_from(payload)
        except (jwt.PyJWTError, ValueError, KeyError, TypeError):
            raise NotSignedIn from None
        return JSONResponse((await user_of(request, claims)).public())

    me.__name__ = name or read.__name__
    return me


def of_our_type(whole: Json) -> Json:
    if whole["header"].get("typ") != TYPE:
        raise NotSignedIn
    return whole["payload"]


def accepting(name: str, accepts: Callable[[Json], object], **checks: object) -> Endpoint:
    """Return a `me` with `checks` in place of PyJWT's own, and `accepts` for what is left out."""

    def read(token: str, key: str) -> Json:
        whole = jwt.decode_complete(token, key, algorithms=["HS256"], **{**CHECKS, **checks})
        if not accepts(whole):
            raise NotSignedIn
        return whole["payload"]

    return with_reader(read, name)


def type_contains_ours(whole: Json) -> bool:
    return TYPE in str(whole["header"].get("typ"))


def ends_later_as_text(whole: Json) -> bool:
    later = str(whole["payload"]["exp"]) >= str(int(time.time()))
    return later and of_our_type(whole)


def name_contains_ours(whole: Json) -> bool:
    return "trax" in whole["payload"]["aud"] and of_our_type(whole)
