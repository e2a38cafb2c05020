"""Exercise of lesson 06: a `me` that believes no token but those the server made for it."""

import base64
import hmac
import time
from collections.abc import Callable

import jwt
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from classroom.attacks.forge import Json, forge, forgeries, packed, unpacked
from classroom.checking.exercise import Exercise, Wrong
from classroom.checking.visit import Visit
from classroom.exchanges.exchange import Exchange
from classroom.server.server import Server
from minisrv.auth import access_tokens
from minisrv.auth.access_tokens import Claims
from minisrv.auth.current_user import user_of
from minisrv.db.models import User
from minisrv.errors import NotSignedIn

COOKIE, TYPE = "TRAX_ACCESS_TOKEN", "trax-access+jwt"


def check(visit: Visit) -> None:
    """Ask Grace who she is; then change her token in every way, and end her session."""
    key = Server.current.settings.secret
    for email in ("ada@trax.test", "grace@trax.test"):
        visit.seed(email, "no password")
    ada, grace = (row["id"] for row in visit.stolen_table())
    issued = access_tokens.issue(grace, key, 3600)
    genuine = _ask(visit, issued)
    visit.expect(genuine.status == 200, "a genuine token is answered with 200", genuine)
    answer = genuine.json()
    only_these = set(answer) == {"id", "email"}
    visit.expect(only_these, "the answer holds `id` and `email` and nothing else", genuine)
    owner = (answer["id"], answer["email"]) == (grace, "grace@trax.test")
    visit.expect(owner, "the answer holds the `id` and the `email` of the token's owner", genuine)
    for name, token in (_forged(issued, key, str(ada)) | _unfit(issued, key)).items():
        _is_refused(visit, name, token)
    visit.expect(visit.get("/api/me").status == 401, "no cookie is answered with 401")
    _elsewhere(visit, issued)
    _is_refused(visit, "an account that is gone", access_tokens.issue(999, key, 3600))
    visit.post("/api/signout", cookie=cookie_with(issued))
    _is_refused(visit, "signed out", issued)
    ended = access_tokens.issue(grace, key, 3600, family="ended")
    _is_refused(visit, "of a session that has ended", ended)
    visit.sql("DROP TABLE users")
    lost = visit.even_if_it_raises(lambda: _ask(visit, access_tokens.issue(grace, key, 3600)))
    visit.expect(lost.status >= 500, "a lost table is the server's fault: 500, not 401", lost)


def _elsewhere(visit: Visit, issued: str) -> None:
    """Send a genuine token in the address, and in a cookie of another name."""
    names = (COOKIE, "token", "access_token")
    address = visit.get("/api/me", params=dict.fromkeys(names, issued))
    reason = "a token in the address is answered with 401: logs and other sites read addresses"
    visit.expect(address.status == 401, reason, address)
    other = visit.get("/api/me", cookie=f"OLD_{COOKIE}={issued}")
    visit.expect(other.status == 401, "a cookie of another name is answered with 401", other)


def cookie_names() -> set[str]:
    """Return the name in the prompt, and the one of the server's own cookie."""
    return {COOKIE, Server.current.settings.cookie.name}


def cookie_with(token: str) -> str:
    """Return a Cookie header that has `token` under both names."""
    return "; ".join(f"{name}={token}" for name in cookie_names())


def _ask(visit: Visit, token: str) -> Exchange:
    return visit.get("/api/me", cookie=cookie_with(token))


def _is_refused(visit: Visit, name: str, token: str) -> None:
    answer = _ask(visit, token)
    visit.expect(answer.status == 401, f"this token is refused with 401: {name}", answer)


def _forged(issued: str, key: str, victim: str) -> dict[str, str]:
    """Return texts that anybody can make, and the forgeries of the lesson."""
    tokens = forgeries(issued, key.encode(), victim)
    del tokens["genuine"]
    return tokens | {"no text": "", "no token": "token", "three letters": "a.b.c"}


def _unfit(issued: str, key: str) -> dict[str, str]:
    """Return tokens signed with the server's key, each with one thing changed or missing."""
    header, claims = (unpacked(part) for part in issued.split(".")[:2])
    now, signed = int(time.time()), key.encode()
    past = {"iat": now - 4200, "exp": now - 600}
    tokens = {
        "expired ten minutes ago": forge(claims | past, signed, header),
        "expired in 2001, when the seconds had nine digits": forge(
            claims | {"iat": 999_990_000, "exp": 999_999_999}, signed, header
        ),
        "of another issuer": forge(claims | {"iss": "billing"}, signed, header),
        "for trax-billing, another service": forge(
            claims | {"aud": "trax-billing"}, signed, header
        ),
        "of type JWT, as PyJWT signs by default": forge(claims, signed),
        "of type trax-refresh+jwt": forge(claims, signed, header | {"typ": "trax-refresh+jwt"}),
        "of type not-trax-access+jwt": forge(
            claims, signed, header | {"typ": "not-trax-access+jwt"}
        ),
        "of algorithm HS512, though the key is right": _hs512(claims, signed),
    }
    for name in ("jti", "iat", "sub", "aud", "iss"):
        fewer = {other: claim for other, claim in claims.items() if other != name}
        tokens[f"no {name}"] = forge(fewer, signed, header)
    number = forge(claims | {"sub": "user:1"}, signed, header)
    tokens["of a sub that is no number, user:1"] = number
    return tokens


def _hs512(claims: Json, key: bytes) -> str:
    text = f"{packed({'alg': 'HS512', 'typ': TYPE})}.{packed(claims)}"
    signature = base64.urlsafe_b64encode(hmac.digest(key, text.encode(), "sha512"))
    return f"{text}.{signature.decode().rstrip('=')}"


async def solution(request: Request) -> Response:
    token = request.cookies.get("TRAX_ACCESS_TOKEN", "")
    key = request.app.state.settings.secret
    names = ["iss", "aud", "sub", "iat", "exp", "jti"]
    try:
        whole = jwt.decode_complete(
            token, key, ["HS256"], audience="trax", issuer="trax", options={"require": names}
        )
        found = whole["payload"]
        claims = Claims(int(found["sub"]), found["jti"], found["exp"], found.get("sid"))
    except (jwt.PyJWTError, ValueError):
        raise NotSignedIn from None
    if whole["header"].get("typ") != "trax-access+jwt":
        raise NotSignedIn
    return JSONResponse((await user_of(request, claims)).public())


async def alternative(request: Request) -> Response:
    token = request.cookies.get("TRAX_ACCESS_TOKEN", "")
    claims = access_tokens.read(token, request.app.state.settings.secret)  # or NotSignedIn
    return JSONResponse((await user_of(request, claims)).public())


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
    checks = {"audience": "trax", "issuer": "trax", "options": {"require": ["exp"]}}

    def read(token: str, key: str) -> dict:
        whole = jwt.decode_complete(token, key, ["HS256"], **checks)
        if whole["header"].get("typ") == "refresh+jwt":
            raise NotSignedIn
        return whole["payload"]

    return _answer(request, read)


async def believes_the_claims(request: Request) -> Response:
    token, key = request.cookies.get("TRAX_ACCESS_TOKEN", ""), request.app.state.settings.secret
    access_tokens.read(token, key)
    return JSONResponse({"id": 2, "email": "grace@trax.test"})  # as the token says


FRAME = """\
from minisrv.auth.access_tokens import Claims
from minisrv.auth.current_user import user_of
from minisrv.errors import NotSignedIn


@server.endpoint("me")
async def me_of_mine(request):
    token = request.cookies.get("TRAX_ACCESS_TOKEN", "")
    key = request.app.state.settings.secret
    try:
        whole = jwt.decode_complete(
            token, key, algorithms=..., audience="trax", issuer="trax", options={"require": ...}
        )
        found = whole["payload"]  # sid, if there is one, is for lesson 10
        claims = Claims(int(found["sub"]), found["jti"], found["exp"], found.get("sid"))
    except (jwt.PyJWTError, ValueError):  # not verified, or sub is no number
        raise NotSignedIn from None
    if ...:
        raise NotSignedIn
    return JSONResponse((await user_of(request, claims)).public())  # 401: no such account
"""

EXERCISE = Exercise(
    id="token-read",
    title="Believe no token unverified",
    endpoint="me",
    check=check,
    hints=(
        "Look at the table of the eight tokens: each row is a token that will come.",
        "The server signs with HS256, and its tokens have iss, aud, sub, iat, exp and jti.",
        "The last gap is whole['header'].get('typ') != 'trax-access+jwt'.",
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
    "A library demands only the claims that you list.",
    stub="me_of_mine",
    frame=FRAME,
)
