"""Exercise of lesson 06: sign a token that the other routes accept, with nothing private in it."""

import time
import uuid
from collections.abc import Callable

import jwt
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from classroom.attacks.forge import Json, forge, unpacked
from classroom.attacks.leaks import common_words
from classroom.attacks.offline_guessing import hashes_in
from classroom.attacks.wordlist import guess
from classroom.checking.exercise import Exercise, Wrong
from classroom.checking.visit import Visit
from classroom.exchanges.exchange import Exchange
from classroom.exercises.token_read import COOKIE, TYPE, cookie_names, cookie_with
from minisrv.auth import access_tokens, emails, passwords
from minisrv.db import models
from minisrv.db.models import User
from minisrv.web import bodies

PASSWORD = "midnight train to georgia"
EIGHT_HOURS = 8 * 60 * 60
CLAIMS = {"iss", "aud", "sub", "iat", "exp", "jti"}


def check(visit: Visit) -> None:
    """Sign up; read the token as a stranger does; use it; guess its key; look at others."""
    ada = visit.sign_up("ada@trax.test", PASSWORD)
    visit.expect(ada.status < 300, "a new account is answered with a status from 200 on", ada)
    visit.expect(ada.token, f"the answer sets the token as the cookie {COOKIE}", ada)
    _response(visit, ada)
    _header(visit, ada)
    _claims(visit, ada)
    header, claims = _read(ada)
    found = guess(common_words()[:200], lambda w: forge(claims, w.encode(), header) == ada.token)
    visit.expect(found.word is None, "no word of the list is the key", ada)
    me = visit.get("/api/me", cookie=cookie_with(str(ada.token)))
    visit.expect(me.status == 200, "the second request, with the token, is let in", me)
    _others(visit, claims["jti"])


def _read(answer: Exchange) -> tuple[Json, Json]:
    """Return header and claims of the token that `answer` sets; no key is needed."""
    header, payload, _ = str(answer.token).split(".")
    return unpacked(header), unpacked(payload)


def _response(visit: Visit, ada: Exchange) -> None:
    line = next(line for line in ada.cookies if str(ada.token) in line)
    named = line.partition("=")[0] in cookie_names()
    visit.expect(named, f"the answer sets the token as the cookie {COOKIE}", ada)
    visit.expect("httponly" in line.lower(), "the cookie is HttpOnly: no script reads it", ada)
    body = ada.response_body.decode()
    visit.expect(str(ada.token) not in body, "the token is in the cookie alone, not in JSON", ada)
    once = str(ada.response_headers).count(str(ada.token)) == 1
    visit.expect(once, "the token is in one cookie alone, and in no other header", ada)
    private = hashes_in(body) or '"password"' in body
    visit.expect(not private, "no password and no hash is in the response", ada)
    only_these = set(ada.json()) == {"id", "email"}
    visit.expect(only_these, "the JSON is user.public(): `id` and `email` and nothing else", ada)


def _header(visit: Visit, ada: Exchange) -> None:
    header, _ = _read(ada)
    for name, value in (("alg", "HS256"), ("typ", TYPE)):
        visit.expect(header.get(name) == value, f"the header says {name} {value}", ada)
    more = ", ".join(header.keys() - {"alg", "typ", "kid"})
    visit.expect(not more, f"nothing else in the header is needed: here {more}", ada)


def _claims(visit: Visit, ada: Exchange) -> None:
    _, claims = _read(ada)
    visit.expect("@" not in str(claims), "no stranger reads an address in it", ada)
    missing = ", ".join(sorted(CLAIMS - claims.keys()))
    visit.expect(not missing, f"the claims are those of the anatomy; missing: {missing}", ada)
    more = ", ".join(sorted(claims.keys() - CLAIMS - {"nbf"}))
    visit.expect(not more, f"there are no other claims: here {more}", ada)
    ours = claims["iss"] == "trax" and claims["aud"] in ("trax", ["trax"])
    visit.expect(ours, "`iss` and `aud` are trax", ada)
    visit.expect(isinstance(claims["sub"], str), "`sub` is a string, else reading fails", ada)
    issued, end = claims["iat"], claims["exp"]
    visit.expect(isinstance(end, int | float), "`exp` is a number, the time of the end", ada)
    left = end - time.time()
    visit.expect(0 < left <= EIGHT_HOURS, "`exp` is in the future, within eight hours", ada)
    now = isinstance(issued, int | float) and abs(time.time() - issued) < 60
    visit.expect(now, "`iat` is the time of now, in seconds", ada)
    visit.expect(len(str(claims["jti"])) >= 16, "`jti` has 16 characters or more", ada)


def _others(visit: Visit, first: object) -> None:
    """Four more people sign up at once; then Ada again, in a database that is new."""
    addresses = [f"listener-{number}@trax.test" for number in range(4)]
    answers = visit.at_once(*[lambda e=email: visit.sign_up(e, PASSWORD) for email in addresses])
    ids = {row["email"]: str(row["id"]) for row in visit.stolen_table()}
    for email, answer in zip(addresses, answers, strict=True):
        _, claims = _read(answer)
        visit.expect(claims["sub"] == ids[email], "`sub` is the number of the account", answer)
    different = len({_read(answer)[1]["jti"] for answer in answers}) == len(answers)
    visit.expect(different, "two tokens differ in their `jti`", answers[0])
    visit.start_over()
    again = visit.sign_up("ada@trax.test", PASSWORD)
    visit.expect(_read(again)[1]["jti"] != first, "a `jti` is never used twice", again)


async def solution(request: Request) -> Response:
    body = await request.json()
    user = User(email=body["email"], password="left out today")
    models.add(request.app.state.database, user)
    claims = {"iss": "trax", "aud": "trax", "iat": int(time.time()), "jti": uuid.uuid4().hex}
    claims["sub"] = str(user.id)
    claims["exp"] = claims["iat"] + 8 * 60 * 60
    key = request.app.state.settings.secret
    token = jwt.encode(claims, key, headers={"typ": "trax-access+jwt"})
    response = JSONResponse(user.public(), 201)
    response.set_cookie("TRAX_ACCESS_TOKEN", token, httponly=True)
    return response


async def alternative(request: Request) -> Response:
    (email, password), state = await bodies.read_credentials(request), request.app.state
    hashed = await state.workers.run(passwords.hash, password, state.settings.bcrypt_cost)
    user = User(email=emails.normalise(email), password=hashed)
    models.add_user(state.database, user)
    token = access_tokens.issue(user.id, state.settings.secret, 15 * 60)
    response = JSONResponse(user.public(), 201)
    response.set_cookie("TRAX_ACCESS_TOKEN", token, 15 * 60, httponly=True)
    return response


def _signs(key: str = "", **changes: Callable) -> Callable:
    """Return a sign-up that is right but for its key, or for the claims that `changes` makes."""

    async def signup(request: Request) -> Response:
        body, state, now = await request.json(), request.app.state, int(time.time())
        user = User(email=body["email"], password="left out")
        models.add(state.database, user)
        claims = {"iss": "trax", "aud": "trax", "sub": str(user.id), "jti": uuid.uuid4().hex}
        claims |= {"iat": now, "exp": now + 3600}
        claims |= {name: make(user, now) for name, make in changes.items()}
        head = {"alg": "HS256", "typ": "trax-access+jwt"}
        token = forge(claims, (key or state.settings.secret).encode(), head)
        response = JSONResponse(user.public(), 201)
        response.set_cookie("TRAX_ACCESS_TOKEN", token, httponly=True)
        return response

    return signup


FRAME = """\
import time
import uuid

from minisrv.db import models
from minisrv.db.models import User

server.reset()  # the first key again


@server.endpoint("signup")
async def signup(request):
    body = await request.json()
    user = User(email=body["email"], password="left out today")
    models.add(request.app.state.database, user)
    claims = {"iss": "trax", "aud": "trax", "iat": int(time.time()), "jti": uuid.uuid4().hex}
    claims["sub"] = ...
    claims["exp"] = ...
    token = jwt.encode(claims, ..., headers={"typ": "trax-access+jwt"})
    response = JSONResponse(user.public(), 201)
    response.set_cookie("TRAX_ACCESS_TOKEN", token, httponly=True)
    return response
"""

EXERCISE = Exercise(
    id="token-sign",
    title="Sign a token",
    endpoint="signup",
    check=check,
    hints=(
        "Look at the anatomy of Mallory's token: which claims are text, and which are numbers?",
        "str() makes a text of a number; claims['iat'] is the time of now, in seconds.",
        "sub is str(user.id), and exp is claims['iat'] + 8 * 60 * 60.",
    ),
    solution=solution,
    alternative=alternative,
    wrong=(
        Wrong(_signs(email=lambda user, now: user.email), "reads an address in it"),
        Wrong(_signs(sub=lambda user, now: user.id), "`sub` is a string"),
        Wrong(_signs(exp=lambda user, now: "8h"), "`exp` is a number"),
        Wrong(_signs(exp=lambda user, now: (now + 3600) * 1000), "within eight hours"),
        Wrong(_signs(key="hello"), "no word of the list"),
        Wrong(_signs(iat=lambda user, now: now * 1000), "`iat` is the time of now"),
        Wrong(_signs(jti=lambda user, now: "signed-up-at-trax"), "differ in their `jti`"),
    ),
    afterthought="PyJWT signs nearly anything: a fault shows only when the token is used.\n"
    "So test the second request too, and read your token as a stranger would.",
    frame=FRAME,
)
