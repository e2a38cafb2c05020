"""More answers to `build-session`; the wrong ones try to get past the check."""

import time
import uuid
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

import jwt
from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from classroom.checking.exercise import Wrong
from minisrv.auth import access_tokens, csrf, passwords, sessions
from minisrv.db import models
from minisrv.db.models import User
from minisrv.errors import CrossSiteRequest, EmailTaken
from minisrv.web import bodies

NAME, HOURS = "__Host-TRAX_ACCESS_TOKEN", 8 * 3600
Before = Callable[[Request], Awaitable[None]]
Make = Callable[[Request, User], str]
Handler = Callable[[Request], Awaitable[Response]]


async def _same_origin(request: Request) -> None:
    csrf.same_origin_only(request)


def _key(request: Request) -> str:
    return request.app.state.settings.secret


def _token(request: Request, user: User, seconds: int = HOURS) -> str:
    return access_tokens.issue(user.id, _key(request), seconds)


def signing_up(
    before: Before = _same_origin,
    token: Make = _token,
    after: Before = sessions.end,
    **attributes: object,
) -> Handler:
    """Return a sign-up that does `before`, the account, `after`, and sets a cookie with `token`.

    `attributes` replace those of Response.set_cookie.
    """
    good = {"key": NAME, "max_age": HOURS, "secure": True, "httponly": True, "samesite": "lax"}

    async def signup(request: Request) -> Response:
        await before(request)
        email, password = await bodies.read_credentials(request)
        state = request.app.state
        hashed = await state.workers.run(passwords.hash, password, state.settings.bcrypt_cost)
        user = User(email=email, password=hashed)
        try:
            models.add(state.database, user)
        except IntegrityError:
            raise EmailTaken from None
        await after(request)
        response = JSONResponse(user.public(), 201)
        response.set_cookie(value=token(request, user), **{**good, **attributes})
        return response

    return signup


async def fail_closed(request: Request) -> None:
    """Reject what does not say that our own page started it, as OWASP recommends."""
    csrf.same_origin_only(request)
    if not {"sec-fetch-site", "origin"} & set(request.headers):
        raise CrossSiteRequest


def by_hand(request: Request, user: User, **more: object) -> str:
    now = int(time.time())
    claims = {"iss": "trax", "aud": "trax", "sub": str(user.id), "iat": now, "exp": now + HOURS}
    claims |= {"jti": uuid.uuid4().hex, **more}
    return jwt.encode(claims, _key(request), headers={"typ": access_tokens.TYPE})


async def any_scheme(request: Request) -> None:
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site not in (None, "same-origin", "none"):
        raise CrossSiteRequest
    if origin and urlsplit(origin).netloc != request.headers["host"]:
        raise CrossSiteRequest


async def strangers_only(request: Request) -> None:
    if request.headers.get("sec-fetch-site") == "cross-site":
        raise CrossSiteRequest


async def sec_fetch_alone(request: Request) -> None:
    if request.headers.get("sec-fetch-site", "none") not in ("same-origin", "none"):
        raise CrossSiteRequest


async def json_alone(request: Request) -> None:
    """Trust the media type: no form can send it, and a fetch only after a preflight."""


async def ended_at_once(request: Request) -> None:
    csrf.same_origin_only(request)
    await sessions.end(request)  # before it is known whether there will be a new one


async def nothing_ended(request: Request) -> None: ...


async def everybody_out(request: Request) -> None:
    """Delete the older accounts' rows: nobody's token is good after that."""
    await sessions.end(request)
    with request.app.state.database.begin() as session:
        session.execute(delete(User).where(User.email == "grace@trax.test"))


def in_a_header_too(handler: Handler) -> Handler:
    """Return the sign-up `handler` with its token in another header as well."""

    async def signup(request: Request) -> Response:
        response = await handler(request)
        cookie = response.headers.get("set-cookie", "")
        response.headers["X-Token"] = cookie.partition("=")[2].partition(";")[0]
        return response

    return signup


def of_seconds(seconds: int) -> Make:
    return lambda request, user: _token(request, user, seconds)


RIGHT = (
    signing_up(max_age=None),  # until the browser closes: NIST SP 800-63B-4 §5.1
    signing_up(before=fail_closed, samesite="strict"),
    signing_up(token=by_hand),
)
WRONG = (
    Wrong(signing_up(before=any_scheme), "that a page at https://trax.localhost/ has sent"),
    Wrong(signing_up(before=strangers_only), "that a page at http://blog.trax.localhost/ has sent"),
    Wrong(signing_up(before=sec_fetch_alone), "that a page at http://evil.localhost/ has sent"),
    Wrong(signing_up(before=json_alone), "that a page at http://evil.localhost/ has sent"),
    Wrong(signing_up(before=ended_at_once), "a sign-up that fails does not sign out"),
    Wrong(signing_up(after=nothing_ended), "that session has ended"),
    Wrong(signing_up(after=everybody_out), "on her phone"),
    Wrong(signing_up(token=of_seconds(10)), "the token ends after eight hours"),
    Wrong(signing_up(token=of_seconds(30 * 24 * 3600)), "the token ends after eight hours"),
    Wrong(signing_up(token=lambda r, user: by_hand(r, user, name="Ada")), "about a person"),
    Wrong(signing_up(token=lambda r, user: by_hand(r, user, sub=user.email)), "GET /api/me"),
    Wrong(signing_up(token=lambda r, user: by_hand(r, user, jti="of-the-first")), "the same jti"),
    Wrong(signing_up(token=lambda r, user: by_hand(r, user, jti=f"of-{user.id}")), "the same jti"),
    Wrong(in_a_header_too(signing_up()), "the token is in the cookie alone"),
    Wrong(signing_up(max_age=365 * 24 * 3600), "Max-Age counts seconds"),
    Wrong(signing_up(key="__Secure-TRAX"), "GET /api/me"),
    Wrong(signing_up(samesite=None), "a form elsewhere sends no cookie"),
)
