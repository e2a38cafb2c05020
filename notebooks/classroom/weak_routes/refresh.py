"""Two handlers that exchange a refresh token, and fail when eight tabs do so at the same time.

Both are correct as long as one request comes after the other. They share their other steps with
minisrv/routes/refresh.py.
"""

import asyncio
import hashlib
import secrets
import time
from typing import TypeVar

from sqlalchemy import Select, Update, select, update
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from minisrv.auth import cookies, refresh_tokens, sessions
from minisrv.auth.current_user import current_claims
from minisrv.auth.refresh_tokens import Grant
from minisrv.db.models import Database, RefreshToken, User
from minisrv.errors import NotSignedIn, TokenReused

BUSY_SECONDS = 1
Statement = TypeVar("Statement", Select, Update)


async def read_then_write(request: Request) -> Response:
    """Check that the token is the current one, then write the next: others check in between."""
    database = request.app.state.database
    family, old = sent_tokens(request)
    new = new_token()
    row = await asyncio.to_thread(find, database, family, digest(old))
    if row is None:
        raise TokenReused
    await asyncio.sleep(BUSY_SECONDS)  # a busy server: all check before one writes
    await asyncio.to_thread(write, database, family, digest(new))
    return renewed(request, row, new)


async def strict(request: Request) -> Response:
    """Check and write in one statement, and treat the second request with a token as a theft."""
    database = request.app.state.database
    family, old = sent_tokens(request)
    new = new_token()
    row = await asyncio.to_thread(exchange, database, family, digest(old), digest(new))
    if row is None:
        await asyncio.to_thread(refresh_tokens.revoke, database, family)
        raise TokenReused
    return renewed(request, row, new)


def sent_tokens(request: Request) -> tuple[str, str]:
    """Return the family and the refresh token of the request, or raise NotSignedIn."""
    claims = current_claims(request, allow_expired=True)
    token = cookies.read(request, request.app.state.settings.refresh_cookie)
    if claims.family is None or not token:
        raise NotSignedIn
    return claims.family, token


def new_token() -> str:
    """Return a refresh token: 32 random bytes in base64url."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """Return the SHA-256 of a token in hex, which the table stores."""
    return hashlib.sha256(token.encode()).hexdigest()


def find(database: Database, family: str, old: str) -> RefreshToken | None:
    """Return the row of the family if the digest `old` is its current one, else None."""
    with database() as session:
        return session.scalar(_current(select(RefreshToken), family, old))


def write(database: Database, family: str, new: str) -> None:
    """Store the digest `new` as the current one, without a check."""
    with database.begin() as session:
        unchecked = update(RefreshToken).where(RefreshToken.family == family)
        session.execute(unchecked.values(digest=new))


def exchange(database: Database, family: str, old: str, new: str) -> RefreshToken | None:
    """Store the digest `new` if `old` is the current one; return the row, or None."""
    with database.begin() as session:
        change = _current(update(RefreshToken), family, old).values(digest=new)
        return session.scalar(change.returning(RefreshToken))


def renewed(request: Request, row: RefreshToken, token: str) -> Response:
    """Return the response with a new access token and the refresh token `token`."""
    grant = Grant(row.family, token, row.expires - int(time.time()))
    response = JSONResponse({"id": row.user_id}, headers={"Cache-Control": "no-store"})
    sessions.renew(request, response, User(id=row.user_id), grant)
    return response


def _current(statement: Statement, family: str, digest: str) -> Statement:
    return statement.where(RefreshToken.family == family, RefreshToken.digest == digest)
