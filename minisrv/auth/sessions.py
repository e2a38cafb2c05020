"""Start a session, renew it, end it.

A session is one access token that lasts as long as the session. For a visitor who asked to be
remembered it is a short access token, and a refresh token that renews it. The list of a user's
sessions is in session_list.py.
"""

import asyncio
import time
from contextlib import suppress

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from starlette.requests import Request
from starlette.responses import Response

from minisrv.auth import access_tokens, cookies, refresh_tokens, security_log, session_list
from minisrv.auth.access_tokens import Claims
from minisrv.auth.current_user import current_claims
from minisrv.auth.refresh_tokens import Grant
from minisrv.auth.security_log import Event
from minisrv.db.models import Database, PlainSession, RevokedToken, User
from minisrv.errors import BadCredentials, NotSignedIn


async def start(request: Request, response: Response, user: User, remembered: bool = False) -> None:
    """End the session that the browser had (ASVS 5.0 7.2.4), and give it a new one for `user`.

    Raises BadCredentials if the password of `user` was changed meanwhile, which ends all sessions.
    """
    await end(request)
    await (_start_remembered if remembered else _start_plain)(request, response, user)
    security_log.record(request, Event.SESSION_STARTED, user.id)


async def _start_remembered(request: Request, response: Response, user: User) -> None:
    database, seconds = request.app.state.database, request.app.state.settings.remember_seconds
    grant = await asyncio.to_thread(_new_family, database, user, seconds)
    renew(request, response, user, grant)


def _new_family(database: Database, user: User, seconds: int) -> Grant:
    grant = refresh_tokens.start(database, user.id, seconds)
    try:
        with database() as session:
            session_list.check_password_is_still(session.connection(), user)
    except BadCredentials:
        refresh_tokens.revoke(database, grant.family)
        raise
    return grant


async def _start_plain(request: Request, response: Response, user: User) -> None:
    database, settings = request.app.state.database, request.app.state.settings
    token, claims = access_tokens.issue_with_claims(
        user.id, settings.secret, settings.session_seconds
    )
    await asyncio.to_thread(session_list.add, database, claims, user)
    cookies.set(response, settings.cookie, token, settings.session_seconds)
    if cookies.read(request, settings.refresh_cookie):  # of the session that has just ended
        cookies.clear(response, settings.refresh_cookie)


def renew(request: Request, response: Response, user: User, grant: Grant) -> None:
    """Give the browser a new short access token, and the refresh token of `grant`."""
    settings = request.app.state.settings
    seconds = min(settings.access_seconds, grant.seconds)  # it need not outlive its family
    token = access_tokens.issue(user.id, settings.secret, seconds, family=grant.family)
    # The access token's cookie lasts longer than the token: it still says whose session it is.
    cookies.set(response, settings.cookie, token, grant.seconds)
    cookies.set(response, settings.refresh_cookie, grant.token, grant.seconds)


async def end(request: Request) -> None:
    """End the session of the request, if it has one, for every copy of its tokens."""
    database, family = request.app.state.database, None
    with suppress(NotSignedIn):  # no session to end: signing out twice is no error
        claims = current_claims(request, allow_expired=True)
        family = claims.family
        revoke = _revoke if family is None else _revoke_family
        _record_end(request, await asyncio.to_thread(revoke, database, claims))
    token = cookies.read(request, request.app.state.settings.refresh_cookie)
    if token and family is None:  # there is no access token beside it, or one of another session
        _record_end(request, await asyncio.to_thread(refresh_tokens.revoke_by, database, token))


def _record_end(request: Request, user_id: int | None) -> None:
    """Log that a session of the user has ended; None if it had ended before."""
    if user_id is not None:
        security_log.record(request, Event.SESSION_ENDED, user_id)


def clear_cookies(request: Request, response: Response) -> None:
    """Make the browser drop the cookies of its session."""
    settings = request.app.state.settings
    cookies.clear(response, settings.cookie)
    if cookies.read(request, settings.refresh_cookie):
        cookies.clear(response, settings.refresh_cookie)


def _revoke_family(database: Database, claims: Claims) -> int | None:
    return refresh_tokens.revoke(database, claims.family)


def _revoke(database: Database, claims: Claims) -> int | None:
    """Store that this token is revoked, and delete the rows of tokens that have expired.

    Return the id of its user, or None if its session was in no list, or is there no more.
    """
    in_list = delete(PlainSession).where(PlainSession.id == claims.token_id)
    with (
        suppress(IntegrityError),  # signed out twice at once: the row is there already
        database.begin() as session,
    ):
        # A day later than needed: a clock set forward and back again revives no token.
        expired = int(time.time()) - access_tokens.CLOCK_STEP
        session.execute(delete(RevokedToken).where(RevokedToken.expires < expired))
        user_id = session.scalar(in_list.returning(PlainSession.user_id))
        session.add(RevokedToken(id=claims.token_id, expires=claims.expires))
        return user_id
    return None
