"""Exercise of lesson 05: sign a token that the other routes accept, with nothing private in it."""

import time
import uuid
from collections.abc import Callable

import bcrypt
import jwt
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from classroom.attacks.forge import forge, unpacked
from classroom.attacks.leaks import common_words
from classroom.attacks.wordlist import guess
from classroom.checking.exercise import Exercise, Wrong
from classroom.checking.visit import Visit
from classroom.exchanges.exchange import Exchange
from minisrv.auth import access_tokens
from minisrv.db import models
from minisrv.db.models import User

PASSWORD = "midnight train to georgia"
YEAR = 365 * 24 * 3600


def check(visit: Visit) -> None:
    """Sign up twice; read the token as a stranger does; use it; guess its key."""
    ada = visit.sign_up("ada@trax.test", PASSWORD)
    visit.expect(ada.status < 300, "a new account is answered with a status from 200 on", ada)
    visit.expect(ada.token, "the answer sets the token as the cookie TRAX_ACCESS_TOKEN", ada)
    header, payload, _ = str(ada.token).split(".")
    claims = unpacked(payload)
    visit.expect("@" not in str(claims), "no stranger reads an address in it", ada)
    visit.expect(PASSWORD not in str(claims), "nor a password", ada)
    visit.expect(isinstance(claims.get("sub"), str), "`sub` is a string, else reading fails", ada)
    end = claims.get("exp")
    visit.expect(isinstance(end, int | float), "`exp` is a number, the time of the end", ada)
    visit.expect(0 < end - time.time() < YEAR, "`exp` is in the future, within a year", ada)
    head = unpacked(header)
    found = guess(common_words()[:200], lambda w: forge(claims, w.encode(), head) == ada.token)
    visit.expect(found.word is None, "no word of the list is the key", ada)
    visit.expect(_lets_in(visit, ada), "the second request, with the token, is let in")
    grace = visit.sign_up("grace@trax.test", PASSWORD)
    ids = {claims["jti"], unpacked(str(grace.token).split(".")[1])["jti"]}
    visit.expect(len(ids) == 2, "two tokens differ in their `jti`", grace)


def _lets_in(visit: Visit, owner: Exchange) -> bool:
    """Return True if a route that no exercise of this lesson replaces accepts the token."""
    names = ("TRAX_ACCESS_TOKEN", "__Host-TRAX_ACCESS_TOKEN")
    cookie = "; ".join(f"{name}={owner.token}" for name in names)
    return visit.get("/api/playlists", cookie=cookie).status == 200


async def solution(request: Request) -> Response:
    body, state = await request.json(), request.app.state
    hashed = bcrypt.hashpw(body["password"].encode(), bcrypt.gensalt(6)).decode()
    user = User(email=body["email"], password=hashed)
    models.add(state.database, user)
    now = int(time.time())
    claims = {"iss": "trax", "aud": "trax", "sub": str(user.id), "jti": uuid.uuid4().hex}
    claims |= {"iat": now, "exp": now + 8 * 60 * 60}
    token = jwt.encode(claims, state.settings.secret, headers={"typ": "trax-access+jwt"})
    response = JSONResponse(user.public(), 201)
    response.set_cookie("TRAX_ACCESS_TOKEN", token, 8 * 60 * 60, httponly=True)
    return response


async def alternative(request: Request) -> Response:
    body, state = await request.json(), request.app.state
    hashed = bcrypt.hashpw(body["password"].encode(), bcrypt.gensalt(6)).decode()
    user = User(email=body["email"], password=hashed)
    models.add(state.database, user)
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
        response.set_cookie("TRAX_ACCESS_TOKEN", token)
        return response

    return signup


EXERCISE = Exercise(
    id="token-sign",
    title="Sign a token",
    endpoint="signup",
    check=check,
    hints=(
        "Look at the anatomy of the mended token: header, claims, and which of them are text.",
        "jwt.encode takes the claims, the key, and headers={...} for what the header says.",
        "sub is str(user.id), jti is uuid.uuid4().hex, iat is int(time.time()), exp is later.",
    ),
    solution=solution,
    alternative=alternative,
    wrong=(
        Wrong(_signs(email=lambda user, now: user.email), "reads an address in it"),
        Wrong(_signs(sub=lambda user, now: user.id), "`sub` is a string"),
        Wrong(_signs(exp=lambda user, now: "8h"), "`exp` is a number"),
        Wrong(_signs(exp=lambda user, now: (now + 3600) * 1000), "within a year"),
        Wrong(_signs(key="hello"), "no word of the list"),
        Wrong(_signs(iat=lambda user, now: now * 1000), "the second request"),
        Wrong(_signs(jti=lambda user, now: "signup"), "differ in their `jti`"),
    ),
    afterthought="PyJWT signs nearly anything: a fault shows only when the token is used.\n"
    "So test the second request too, and read your token as a stranger would.",
)
