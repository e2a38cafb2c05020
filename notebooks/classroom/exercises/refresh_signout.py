"""Exercise of lesson 08: a sign-out that ends a remembered session, whenever it comes."""

import time
from contextlib import suppress

from sqlalchemy import delete
from starlette.requests import Request
from starlette.responses import Response

from classroom.attacks.forge import unpacked
from classroom.exchange import Exchange
from classroom.exercise import Exercise, Wrong
from classroom.exercises.refresh_once import ADA, refresh_token, remembered
from classroom.server import Server
from classroom.visit import Visit, cookies_set_by
from minisrv import access_tokens, cookies, refresh_tokens, sessions
from minisrv.access_tokens import Claims
from minisrv.errors import NotSignedIn
from minisrv.identity import current_claims
from minisrv.models import RefreshToken, RevokedToken

ACCESS, REFRESH = "__Host-TRAX_ACCESS_TOKEN", "__Host-TRAX_REFRESH_TOKEN"


def check(visit: Visit) -> None:
    """Ada signs out at once, and another time after her access token is over; copies come back."""
    visit.sign_up(**ADA)
    phone = remembered(visit)
    for late in (False, True):
        laptop = remembered(visit)
        with_these = signed(laptop, late=True) if late else cookies_set_by(laptop)
        when = "with an access token that is over " if late else ""
        out = visit.post("/api/signout", with_these)
        visit.expect(out.status < 300, f"signing out {when}is answered from 200 on", out)
        again = visit.post("/api/refresh", laptop)
        ended = f"after signing out {when}a copy of both cookies renews nothing: 401"
        visit.expect(again.status == 401, ended, again)
        me = visit.get("/api/me", laptop)
        visit.expect(me.status == 401, "a copy of the access token is answered 401", me)
    forged = signed(phone, key="a key that is not the server's, and long enough")
    visit.post("/api/signout", forged.partition(";")[0])  # the refresh token is not Mallory's
    other = visit.post("/api/refresh", phone)
    reason = "Ada's phone goes on, whatever else was signed out or forged"
    visit.expect(other.status == 200, reason, other)


def signed(of: Exchange, late: bool = False, key: str = "") -> str:
    """Return the cookies that `of` set, the access token made anew: an hour ago, or with `key`."""
    secret = Server.current.settings.secret
    pairs = dict(pair.split("=", 1) for pair in cookies_set_by(of).split("; "))
    claims = access_tokens.read(pairs[ACCESS], secret)
    now = time.time() - 3600 if late else time.time()
    token = access_tokens.issue(claims.user_id, key or secret, 900, now, claims.family)
    return f"{ACCESS}={token}; {REFRESH}={refresh_token(of)}"


def _cleared(request: Request) -> Response:
    response, settings = Response(status_code=204), request.app.state.settings
    cookies.clear(response, settings)
    cookies.clear_refresh(response, settings)
    return response


async def solution(request: Request) -> Response:
    state, response = request.app.state, Response(status_code=204)
    with suppress(NotSignedIn):  # nobody is signed in: that is no error
        claims = current_claims(request, even_expired=True)
        refresh_tokens.revoke(state.database, claims.family)
    cookies.clear(response, state.settings)
    cookies.clear_refresh(response, state.settings)
    return response


async def alternative(request: Request) -> Response:
    await sessions.end(request)
    response = Response(status_code=204)
    cookies.clear(response, request.app.state.settings)
    cookies.clear_refresh(response, request.app.state.settings)
    return response


async def cookies_only(request: Request) -> Response:
    return _cleared(request)


def _deny(request: Request, claims: Claims) -> None:
    with request.app.state.database.begin() as session:
        session.merge(RevokedToken(id=claims.token_id, expires=claims.expires))


async def access_token_only(request: Request) -> Response:
    with suppress(NotSignedIn):
        _deny(request, current_claims(request, even_expired=True))
    return _cleared(request)


async def while_it_is_fresh(request: Request) -> Response:
    with suppress(NotSignedIn):  # TokenExpired is one as well
        refresh_tokens.revoke(request.app.state.database, current_claims(request).family)
    return _cleared(request)


async def everywhere(request: Request) -> Response:
    with suppress(NotSignedIn):
        hers = RefreshToken.user_id == current_claims(request, even_expired=True).user_id
        with request.app.state.database.begin() as session:
            session.execute(delete(RefreshToken).where(hers))
    return _cleared(request)


async def whoever_is_named(request: Request) -> Response:
    _, payload, _ = request.cookies[ACCESS].split(".")  # read, and not verified
    refresh_tokens.revoke(request.app.state.database, unpacked(payload)["sid"])
    return _cleared(request)


EXERCISE = Exercise(
    id="refresh-signout",
    title="The way out",
    endpoint="signout",
    check=check,
    hints=(
        "Ask what a copy of both cookies can still do, and when people sign out.",
        "The family lives in one row, and an access token names it even when its time is over.",
        "Read the claims with even_expired=True, and revoke claims.family.",
    ),
    solution=solution,
    alternative=alternative,
    wrong=(
        Wrong(cookies_only, "a copy of both cookies"),
        Wrong(access_token_only, "a copy of both cookies"),
        Wrong(while_it_is_fresh, "with an access token that is over"),
        Wrong(everywhere, "Ada's phone"),
        Wrong(whoever_is_named, "Ada's phone"),
    ),
    afterthought="Whoever signs out after an hour has an access token that is over.\n"
    "It opens nothing any more, and still says what there is to end.",
)
