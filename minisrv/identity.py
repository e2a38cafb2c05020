"""Who sends this request? The session cookie, its token, and the account behind it."""

import time
from contextlib import suppress

from sqlalchemy import Connection, bindparam, delete, exists, select
from sqlalchemy.exc import IntegrityError
from starlette.requests import Request

from minisrv import access_tokens, cookies
from minisrv.access_tokens import Claims
from minisrv.errors import NotSignedIn
from minisrv.models import Database, RevokedToken, User, first_user

# Put together once, because that costs more than to run it: it is asked with every request.
SIGNED_OUT = exists().where(RevokedToken.id == bindparam("token_id"))
OWNER = select(User.__table__).where(User.id == bindparam("user_id"), ~SIGNED_OUT)


async def current_user(request: Request) -> User:
    """Return the user who is signed in, or raise NotSignedIn or TokenExpired."""
    claims = current_claims(request)
    user = await request.app.state.reader.ask(_find, claims)
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
        # Later than need be: a clock that was set forward and back again revives no token.
        over = int(time.time()) - access_tokens.CLOCK_STEP
        session.execute(delete(RevokedToken).where(RevokedToken.expires < over))
        session.add(RevokedToken(id=claims.token_id, expires=claims.expires))


def _find(connection: Connection, claims: Claims) -> User | None:
    """Return the account that the token names, unless it is gone or the token was signed out."""
    return first_user(connection, OWNER, user_id=claims.user_id, token_id=claims.token_id)
