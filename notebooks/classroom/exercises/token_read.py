"""Exercise of lesson 05: a `me` that believes no token but those the server made for it."""

import hmac
from collections.abc import Callable

import jwt
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from classroom.attacks.forge import forge, forgeries, unpacked
from classroom.checking.exercise import Exercise, Wrong
from classroom.checking.visit import Visit
from classroom.server.server import Server
from minisrv.auth import access_tokens
from minisrv.db.models import User
from minisrv.errors import NotSignedIn

COOKIE = "TRAX_ACCESS_TOKEN="


def check(visit: Visit) -> None:
    """Ask Ada and Grace who they are; then change Grace's token in every way."""
    key = Server.current.settings.secret
    for email in ("ada@trax.test", "grace@trax.test"):
        visit.seed(email, "no password")
    ada, grace = (str(row["id"]) for row in visit.stolen_table())
    tokens = forgeries(access_tokens.issue(int(grace), key, 3600), key.encode(), victim=ada)
    header, claims = (unpacked(part) for part in tokens["genuine"].split(".")[:2])
    tokens["of type JWT, as PyJWT signs by default"] = forge(claims, key.encode())
    tokens["of another issuer"] = forge(claims | {"iss": "billing"}, key.encode(), header)
    genuine = visit.get("/api/me", cookie=COOKIE + tokens.pop("genuine"))
    visit.expect(genuine.status == 200, "a genuine token is answered with 200", genuine)
    email = genuine.json()["email"]
    visit.expect(
        email == "grace@trax.test", "the answer holds the `email` of the token's owner", genuine
    )
    tokens |= {"no text": "", "an account that is gone": access_tokens.issue(999, key, 3600)}
    for name, token in tokens.items():
        answer = visit.get("/api/me", cookie=COOKIE + token)
        visit.expect(answer.status == 401, f"this token is refused with 401: {name}", answer)
    visit.expect(visit.get("/api/me").status == 401, "no cookie is answered with 401")


async def solution(request: Request) -> Response:
    token, key = request.cookies.get("TRAX_ACCESS_TOKEN", ""), request.app.state.settings.secret
    needed = {"require": ["iss", "aud", "sub", "iat", "exp", "jti"]}
    checks = {"algorithms": ["HS256"], "audience": "trax", "issuer": "trax", "options": needed}
    try:
        whole = jwt.decode_complete(token, key, **checks)
    except (jwt.PyJWTError, ValueError):
        return JSONResponse({"error": "Please sign in."}, 401)
    with request.app.state.database() as session:
        user = session.get(User, int(whole["payload"]["sub"]))
    if user is None or whole["header"].get("typ") != "trax-access+jwt":
        return JSONResponse({"error": "Please sign in."}, 401)
    return JSONResponse(user.public())


async def alternative(request: Request) -> Response:
    token, state = request.cookies.get("TRAX_ACCESS_TOKEN", ""), request.app.state
    claims = access_tokens.read(token, state.settings.secret)  # raises what is answered with 401
    with state.database() as session:
        user = session.get(User, claims.user_id)
    return JSONResponse(user.public() if user else {"error": "Gone."}, 200 if user else 401)


def _answer(request: Request, read: Callable[[str, str], dict]) -> Response:
    token, key = request.cookies.get("TRAX_ACCESS_TOKEN", ""), request.app.state.settings.secret
    try:
        claims = read(token, key)
    except jwt.PyJWTError:
        raise NotSignedIn from None
    with request.app.state.database() as session:
        user = session.get(User, int(claims["sub"]))
    return JSONResponse(user.public() if user else {"error": "Gone."}, 200 if user else 401)


async def merely_decodes(request: Request) -> Response:
    return _answer(request, lambda t, key: jwt.decode(t, options={"verify_signature": False}))


async def asks_the_token_how(request: Request) -> Response:
    def read(token: str, key: str) -> dict:
        header, claims = map(unpacked, token.split(".")[:2])
        expected = forge(claims, key.encode(), header)
        if header["alg"] != "none" and not hmac.compare_digest(expected, token):
            raise jwt.InvalidSignatureError
        return claims

    return _answer(request, read)


async def requires_nothing(request: Request) -> Response:
    return _answer(request, lambda t, key: jwt.decode(t, key, ["HS256"], audience="trax"))


async def takes_any_type(request: Request) -> Response:
    checks = {"audience": "trax", "options": {"require": ["exp"]}}
    return _answer(request, lambda t, key: jwt.decode(t, key, ["HS256"], **checks))


async def refuses_refresh_tokens_alone(request: Request) -> Response:
    checks = {"audience": "trax", "options": {"require": ["exp"]}}

    def read(token: str, key: str) -> dict:
        whole = jwt.decode_complete(token, key, ["HS256"], **checks)
        if whole["header"].get("typ") == "refresh+jwt":
            raise NotSignedIn
        return whole["payload"]

    return _answer(request, read)


async def believes_the_claims(request: Request) -> Response:
    token, key = request.cookies.get("TRAX_ACCESS_TOKEN", ""), request.app.state.settings.secret
    access_tokens.read(token, key)
    return JSONResponse({"email": "grace@trax.test"})  # as the token says


EXERCISE = Exercise(
    id="token-read",
    title="Believe no token unverified",
    endpoint="me",
    check=check,
    hints=(
        "Look at the table of the three handlers: each row is a token that will come.",
        "jwt.decode takes algorithms=, audience=, issuer= and options={'require': [...]}.",
        "jwt.decode_complete returns the header too, whose typ must be trax-access+jwt.",
    ),
    solution=solution,
    alternative=alternative,
    wrong=(
        Wrong(merely_decodes, "401: changed payload"),
        Wrong(asks_the_token_how, "401: alg none"),
        Wrong(requires_nothing, "401: no exp"),
        Wrong(takes_any_type, "401: refresh token"),
        Wrong(refuses_refresh_tokens_alone, "401: of type JWT"),
        Wrong(believes_the_claims, "401: an account that is gone"),
    ),
    afterthought="Ask of each claim: what if it were missing, old, or meant for another?\n"
    "A library checks what you name, and nothing that you forget.",
)
