"""Exercise of lesson 10: a sign-out that ends a remembered session, early or late."""

import time
from contextlib import suppress

from sqlalchemy import delete
from starlette.requests import Request
from starlette.responses import Response

from classroom.attacks.cross_origin_forms import FETCH, FORM, OTHERS, browsers, by
from classroom.attacks.forge import unpacked
from classroom.browser_model import Browser
from classroom.checking.exercise import Exercise, Wrong
from classroom.checking.visit import Visit, cookies_set_by
from classroom.exchanges.exchange import Exchange
from classroom.exercises.refresh_once import ACCESS, ADA, REFRESH, refresh_token, remembered
from classroom.server.server import Server
from classroom.weak_routes.signout import cleared, deny, jti_only
from minisrv.auth import access_tokens, cookies, csrf, refresh_tokens, sessions
from minisrv.auth.current_user import current_claims
from minisrv.db.models import RefreshToken
from minisrv.errors import NotSignedIn

HOME = "http://trax.localhost/"
LATER = "UPDATE refresh_tokens SET exchanged = exchanged - 960"  # sixteen minutes


def check(visit: Visit) -> None:
    """Ada signs out of five sessions, each in another way; nobody else can, nor from her phone."""
    visit.sign_up(**ADA)
    phone = remembered(visit)
    plain = visit.sign_in(**ADA)
    _sign_out(visit, plain)
    me = visit.get("/api/me", plain)
    ended = "after its sign-out, a session that is not remembered is answered 401"
    visit.expect(me.status == 401, ended, me)
    _ended(visit, late=False)
    _ended(visit, late=True)
    laptop = remembered(visit)
    visit.sql(LATER)
    mallory = visit.post("/api/refresh", laptop)
    _sign_out(visit, laptop)
    me = visit.get("/api/me", mallory)
    visit.expect(
        me.status == 401, "a session that Mallory renewed with a copy ends as well: 401", me
    )
    forged = signed(phone, key="a key that is not the server's, and long enough")
    _sign_out(visit, forged.partition(";")[0])  # without a refresh token
    other = visit.post("/api/refresh", phone)
    reason = "Ada's phone stays signed in, after all other sign-outs and forgeries"
    visit.expect(other.status == 200, reason, other)
    _named(visit, other)
    _by_other_pages(visit, remembered(visit))


def _sign_out(visit: Visit, cookie: Exchange | str) -> Exchange:
    """Sign out from our own page."""
    ours = {"Origin": visit.url, "Sec-Fetch-Site": "same-origin"}
    return visit.post("/api/signout", cookie, headers=ours)


def _named(visit: Visit, phone: Exchange) -> None:
    """Ask for the end of the phone's session by its name, without a cookie."""
    ours = {"Origin": visit.url, "Sec-Fetch-Site": "same-origin"}
    token = dict(pair.split("=", 1) for pair in cookies_set_by(phone).split("; "))[ACCESS]
    names = dict.fromkeys(("family", "sid", "session"), unpacked(token.split(".")[1])["sid"])
    for named in ({"params": names}, {"json": names}):
        answer = visit.post("/api/signout", headers=ours, **named)
        me = visit.get("/api/me", phone)
        reason = "a request that names a session, without its cookies, does not end it"
        visit.expect(me.status == 200, reason, answer)


def _by_other_pages(visit: Visit, tablet: Exchange) -> None:
    """Let forms and fetches of other origins sign out in Ada's browser."""
    for browser in browsers(visit):
        browser.receive(HOME, list(tablet.cookies))
        for page in OTHERS:
            for means, how in (("a form", FORM), ("a fetch", FETCH)):
                answer = browser.send("/api/signout", "POST", initiator=page, **how)
                me = visit.get("/api/me", tablet)
                still = me.status == 200 and len(browser.cookies) == 2
                reason = f"{by(browser, page, means)} does not sign Ada out"
                visit.expect(still, reason, answer)


def _ended(visit: Visit, late: bool) -> None:
    """Sign a laptop out; if `late`, with an access token that has expired."""
    laptop = remembered(visit)
    sent = signed(laptop, late=True) if late else cookies_set_by(laptop)
    when = "with an expired access token " if late else ""
    out = _sign_out(visit, sent)
    visit.expect(out.status < 300, f"signing out {when}is answered from 200 on", out)
    browser = Browser("chromium")
    for answer in (laptop, out):
        browser.receive(HOME, list(answer.cookies))
    visit.expect(not browser.cookies.names, "after signing out a browser has no cookie left", out)
    again = visit.post("/api/refresh", laptop)
    ended = f"after signing out {when}a copy of both cookies renews nothing: 401"
    visit.expect(again.status == 401, ended, again)
    me = visit.get("/api/me", laptop)
    visit.expect(me.status == 401, "a copy of the access token is answered 401", me)


def signed(of: Exchange, late: bool = False, key: str = "") -> str:
    """Return the cookies that `of` set, with another access token: an hour old, or of `key`."""
    secret = Server.current.settings.secret
    pairs = dict(pair.split("=", 1) for pair in cookies_set_by(of).split("; "))
    claims = access_tokens.read(pairs[ACCESS], secret)
    now = time.time() - 3600 if late else time.time()
    token = access_tokens.issue(claims.user_id, key or secret, 900, now, claims.family)
    return f"{ACCESS}={token}; {REFRESH}={refresh_token(of)}"


async def solution(request: Request) -> Response:
    csrf.same_origin_only(request)
    database = request.app.state.database
    try:
        claims = current_claims(request, allow_expired=True)
    except NotSignedIn:  # not signed in: no error
        return cleared(request)
    deny(database, claims)
    if claims.family is not None:
        refresh_tokens.revoke(database, claims.family)
    return cleared(request)


async def alternative(request: Request) -> Response:
    csrf.same_origin_only(request)
    await sessions.end(request)
    return cleared(request)


async def cookies_only(request: Request) -> Response:
    return cleared(request)


async def while_it_is_fresh(request: Request) -> Response:
    with suppress(NotSignedIn):  # TokenExpired is one as well
        claims = current_claims(request)
        deny(request.app.state.database, claims)
        refresh_tokens.revoke(request.app.state.database, claims.family)
    return cleared(request)


async def without_the_list(request: Request) -> Response:
    with suppress(NotSignedIn):
        claims = current_claims(request, allow_expired=True)
        refresh_tokens.revoke(request.app.state.database, claims.family)
    return cleared(request)


async def by_the_refresh_token(request: Request) -> Response:
    token = cookies.read(request, request.app.state.settings.refresh_cookie)
    if token:  # not the current one, if somebody has exchanged it
        refresh_tokens.revoke_by(request.app.state.database, token)
    return await jti_only(request)


async def everywhere(request: Request) -> Response:
    with suppress(NotSignedIn):
        claims = current_claims(request, allow_expired=True)
        deny(request.app.state.database, claims)
        with request.app.state.database.begin() as session:
            of_ada = RefreshToken.user_id == claims.user_id
            session.execute(delete(RefreshToken).where(of_ada))
    return cleared(request)


async def believes_the_name(request: Request) -> Response:
    _, payload, _ = request.cookies[ACCESS].split(".")  # read, and not verified
    refresh_tokens.revoke(request.app.state.database, unpacked(payload).get("sid", ""))
    return await jti_only(request)


async def leaves_the_cookies(request: Request) -> Response:
    await sessions.end(request)
    response = Response(status_code=204)
    response.delete_cookie(ACCESS)  # without Secure, which __Host- demands here, too
    response.delete_cookie(REFRESH)
    return response


async def from_any_page(request: Request) -> Response:
    await sessions.end(request)
    return cleared(request)


FRAME = """\
from classroom.weak_routes.signout import cleared, deny
from minisrv.auth import csrf, refresh_tokens
from minisrv.auth.current_user import current_claims
from minisrv.errors import NotSignedIn


@server.endpoint("signout")
async def signout_of_mine(request):
    ...  # reject what a page of another origin has sent
    database = request.app.state.database
    try:
        claims = current_claims(request, allow_expired=...)
    except NotSignedIn:
        return cleared(request)
    deny(database, claims)
    if claims.family is not None:
        ...  # no token of this family may be good from now on
    return cleared(request)
"""

EXERCISE = Exercise(
    id="refresh-signout",
    title="The way out",
    endpoint="signout",
    check=check,
    hints=(
        "What can a copy of both cookies still do, and when do people sign out?",
        "The family is one row, and an access token names it even after it has expired.",
        "The gaps are csrf.same_origin_only(request), True, and revoke with claims.family.",
    ),
    solution=solution,
    alternative=alternative,
    wrong=(
        Wrong(cookies_only, "not remembered"),
        Wrong(without_the_list, "not remembered"),
        Wrong(jti_only, "a copy of both cookies"),
        Wrong(while_it_is_fresh, "with an expired access token"),
        Wrong(leaves_the_cookies, "no cookie left"),
        Wrong(by_the_refresh_token, "renewed with a copy"),
        Wrong(everywhere, "Ada's phone"),
        Wrong(believes_the_name, "Ada's phone"),
        Wrong(from_any_page, "a form of http://evil.localhost does not sign Ada out"),
    ),
    afterthought="After an hour, the access token of the person who signs out has expired.\n"
    "It gives no access, but it still names the session to end. And a sign-out changes something:\n"
    "it needs the check of the origin, as minisrv has it around every such route.",
    stub="signout_of_mine",
    frame=FRAME,
)
