"""Who sends this request? The session cookie, its token, and the account behind it."""

import time
from contextlib import suppress

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from minisrv import access_tokens, cookies
from minisrv.access_tokens import Claims
from minisrv.errors import NotSignedIn
from minisrv.models import Database, RevokedToken, User


async def current_user(request: Request) -> User:
    """Return the user who is signed in, or raise NotSignedIn or TokenExpired."""
    claims = current_claims(request)
    user = await run_in_threadpool(_find, request.app.state.database, claims)
    if user is None:
        raise NotSignedIn
    return user


def current_claims(request: Request) -> Claims:
    """Return the claims of the token that came along, or raise NotSignedIn or TokenExpired."""
    settings = request.app.state.settings
    token = cookies.read(request, settings)
    if not token:
        raise NotSignedIn
    return access_tokens.read(token, settings.secret)


def revoke(database: Database, claims: Claims) -> None:
    """Remember that this token is signed out, and forget those that are over anyway."""
    with (
        suppress(IntegrityError),
        database.begin() as session,
    ):  # twice at once: it is there already
        session.execute(delete(RevokedToken).where(RevokedToken.expires < int(time.time())))
        session.add(RevokedToken(id=claims.token_id, expires=claims.expires))


def _find(database: Database, claims: Claims) -> User | None:
    """Return the account that the token names, unless it is gone or the token was signed out."""
    with database() as session:
        if session.get(RevokedToken, claims.token_id) is not None:
            return None
        return session.get(User, claims.user_id)
