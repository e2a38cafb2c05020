"""Exercise of lesson 12: the session, against all attacks of lessons 06 to 10."""

import asyncio
import time
import uuid

import jwt
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from classroom.checking.exercise import Exercise, Wrong
from classroom.scoreboard import SESSION, stops_all
from minisrv.auth import access_tokens, cookies, csrf, emails, passwords, session_list, sessions
from minisrv.db import models
from minisrv.db.models import User
from minisrv.routes.signup import host_cookie, real_token, reference, same_origin
from minisrv.web import bodies

NAME = "__Host-TRAX_ACCESS_TOKEN"
HOURS = 8 * 3600


async def _inserted(request: Request) -> User:
    csrf.same_origin_only(request)
    email, password = await bodies.read_credentials(request)
    cost = request.app.state.settings.bcrypt_cost
    hashed = await request.app.state.workers.run(passwords.hash, password, cost)
    user = User(email=email, password=hashed)
    models.add(request.app.state.database, user)
    return user


async def alternative(request: Request) -> Response:
    csrf.same_origin_only(request)
    state = request.app.state
    email, password = await bodies.read_credentials(request)
    email = emails.normalise(email)
    passwords.check_length(password)
    passwords.check_not_common(password, email)
    hashed = await state.workers.run(passwords.hash, password, state.settings.bcrypt_cost)
    user = User(email=email, password=hashed)
    await asyncio.to_thread(models.add_user, state.database, user)  # raises EmailTaken
    await sessions.end(request)
    token = access_tokens.issue(user.id, state.settings.secret, state.settings.session_seconds)
    claims = access_tokens.read(token, state.settings.secret)
    await asyncio.to_thread(session_list.add, state.database, claims, user)
    response = JSONResponse(user.public(), 201, {"Cache-Control": "no-store"})
    cookies.set(response, state.settings.cookie, token, state.settings.session_seconds)
    if cookies.read(request, state.settings.refresh_cookie):
        cookies.clear(response, state.settings.refresh_cookie)
    return response


def _with(request: Request, user: User, token: str, **attributes: object) -> Response:
    good = {"max_age": HOURS, "secure": True, "httponly": True, "samesite": "lax"}
    response = JSONResponse(user.public(), 201)
    response.set_cookie(NAME, token, **{**good, **attributes})
    return response


def _token(request: Request, user: User) -> str:
    return access_tokens.issue(user.id, request.app.state.settings.secret, HOURS)


async def for_scripts(request: Request) -> Response:
    user = await _inserted(request)
    return _with(request, user, _token(request, user), httponly=False)


async def milliseconds(request: Request) -> Response:
    user = await _inserted(request)
    return _with(request, user, _token(request, user), max_age=HOURS * 1000)


async def from_everywhere(request: Request) -> Response:
    user = await _inserted(request)
    await sessions.end(request)
    return _with(request, user, _token(request, user), samesite="none")


async def ends_it_first(request: Request) -> Response:
    await sessions.end(request)  # before any check
    user = await _inserted(request)
    return _with(request, user, _token(request, user))


async def with_the_address(request: Request) -> Response:
    user, now = await _inserted(request), int(time.time())
    claims = {"iss": "trax", "aud": "trax", "sub": str(user.id), "iat": now, "exp": now + HOURS}
    claims |= {"jti": uuid.uuid4().hex, "email": user.email}
    key = request.app.state.settings.secret
    return _with(request, user, jwt.encode(claims, key, headers={"typ": "trax-access+jwt"}))


FRAME = """\
import asyncio

from minisrv.auth import csrf, emails, passwords, sessions
from minisrv.db import models
from minisrv.db.models import User
from minisrv.web import bodies


@server.endpoint("signup")
async def signup(request):
    state = request.app.state
    ...  # reject what a page of another origin has sent
    email, password = await bodies.read_credentials(request)
    email = emails.normalise(email)
    passwords.check_length(password)
    passwords.check_not_common(password, email)
    hashed = await state.workers.run(passwords.hash, password, state.settings.bcrypt_cost)
    user = User(email=email, password=hashed)
    await asyncio.to_thread(models.add_user, state.database, user)  # raises EmailTaken
    response = JSONResponse(user.public(), 201, {"Cache-Control": "no-store"})
    ...  # end the former session and start a new one: this sets the cookie
    return response
"""

EXERCISE = Exercise(
    id="build-session",
    title="A session",
    endpoint="signup",
    check=stops_all(SESSION),
    hints=(
        "For each cookie: who can read it, who can set it, and who can make a browser send it?",
        "csrf rejects requests of another origin, and sessions starts a session.",
        "The gaps are a call of csrf.same_origin_only, and await sessions.start(…).",
    ),
    solution=reference.endpoint,
    alternative=alternative,
    wrong=(
        Wrong(real_token, "GET /api/me"),
        Wrong(with_the_address, "nothing about a person"),
        Wrong(from_everywhere, "SameSite"),
        Wrong(ends_it_first, "sign Grace out"),
        Wrong(milliseconds, "Max-Age counts seconds"),
        Wrong(for_scripts, "no script"),
        Wrong(host_cookie, "that a page at http://evil.localhost/ has sent"),
        Wrong(same_origin, "Grace"),
    ),
    afterthought="A session trusts anyone who sends the cookie.\n"
    "So: who can copy it, who can plant it, who can have it sent, and when does it end?\n"
    "A cookie without Max-Age, and a route that blocks what has no Origin, pass as well.",
    solution_lead="One answer, the reference:",
    alternative_lead="Another correct one; it spells out what sessions.start does:",
    frame=FRAME,
)
