"""How a session begins, goes on, and ends.

It is one access token that lasts as long as the session; or, for a visitor who asked to be
remembered, a short one, and a refresh token that renews it. Left out: a list of one's sessions.
"""

import asyncio
import time
from contextlib import suppress

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from starlette.requests import Request
from starlette.responses import Response

from minisrv.auth import access_tokens, cookies, refresh_tokens
from minisrv.auth.access_tokens import Claims
from minisrv.auth.current_user import current_claims
from minisrv.auth.refresh_tokens import Grant
from minisrv.db.models import Database, RevokedToken, User
from minisrv.errors import NotSignedIn
from minisrv.settings import Settings


async def begin(request: Request, response: Response, user: User, remembered: bool) -> None:
    """Give the browser a session, in the place of the one that it had (ASVS 5.0 7.2.4)."""
    state, settings = request.app.state, request.app.state.settings
    await end(request)
    if remembered:
        start, seconds = refresh_tokens.start, settings.remember_seconds
        grant = await asyncio.to_thread(start, state.database, user.id, seconds)
        go_on(response, user, grant, settings)
        return
    token = access_tokens.issue(user.id, settings.secret, settings.session_seconds)
    cookies.put(response, token, settings)
    if cookies.read_refresh(request, settings):
        cookies.clear_refresh(response, settings)


def go_on(response: Response, user: User, grant: Grant, settings: Settings) -> None:
    """Give the browser a short access token, and the refresh token that will renew it."""
    seconds = min(settings.access_seconds, grant.seconds)  # it need not outlive its family
    token = access_tokens.issue(user.id, settings.secret, seconds, family=grant.family)
    cookies.put_both(response, token, grant.token, grant.seconds, settings)


async def end(request: Request) -> None:
    """End the session that the request came with, if any, for every copy of its tokens."""
    database, family = request.app.state.database, None
    with suppress(NotSignedIn):  # there is nothing to end then: signing out twice is no error
        claims = current_claims(request, even_expired=True)
        family = claims.family
        revoke = _revoke if family is None else _revoke_family
        await asyncio.to_thread(revoke, database, claims)
    token = cookies.read_refresh(request, request.app.state.settings)
    if token and family is None:  # the access token beside it is gone, or somebody else's
        await asyncio.to_thread(refresh_tokens.revoke_by, database, token)


def _revoke_family(database: Database, claims: Claims) -> None:
    refresh_tokens.revoke(database, claims.family)


def _revoke(database: Database, claims: Claims) -> None:
    """Remember that this token is signed out, and forget those that are over anyway."""
    with (
        suppress(IntegrityError),
        database.begin() as session,
    ):  # twice at once: it is there already
        # Later than need be: a clock that was set forward and back again revives no token.
        over = int(time.time()) - access_tokens.CLOCK_STEP
        session.execute(delete(RevokedToken).where(RevokedToken.expires < over))
        session.add(RevokedToken(id=claims.token_id, expires=claims.expires))
