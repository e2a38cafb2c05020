"""Two ways to exchange a refresh token that go wrong when eight tabs do it at once.

Both are right as long as one asks after the other. Left out: what they have in common with
minisrv/routes/refresh.py, and an end for a family whose account is gone.
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
    """Look whether the token is the present one, and write the next: others look in between."""
    database, (family, old), new = request.app.state.database, asked(request), new_token()
    row = await asyncio.to_thread(find, database, family, digest(old))
    if row is None:
        raise TokenReused
    await asyncio.sleep(BUSY_SECONDS)  # as on a busy day: all have looked before one writes
    await asyncio.to_thread(write, database, family, digest(new))
    return renewed(request, row, new)


async def strict(request: Request) -> Response:
    """Look and write in one statement, and take whoever comes second for a thief."""
    database, (family, old), new = request.app.state.database, asked(request), new_token()
    row = await asyncio.to_thread(exchange, database, family, digest(old), digest(new))
    if row is None:
        await asyncio.to_thread(refresh_tokens.revoke, database, family)
        raise TokenReused
    return renewed(request, row, new)


def asked(request: Request) -> tuple[str, str]:
    """Return the family and the refresh token that came along, or raise NotSignedIn."""
    claims = current_claims(request, allow_expired=True)
    token = cookies.read(request, request.app.state.settings.refresh_cookie)
    if claims.family is None or not token:
        raise NotSignedIn
    return claims.family, token


def new_token() -> str:
    """Return a refresh token: 32 random bytes in base64url."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """Return what the table holds of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def find(database: Database, family: str, old: str) -> RefreshToken | None:
    """Return the row of the family if the digest `old` is its present one."""
    with database() as session:
        return session.scalar(_present(select(RefreshToken), family, old))


def write(database: Database, family: str, new: str) -> None:
    """Store the digest `new` as the present one, whatever was there."""
    with database.begin() as session:
        whatever = update(RefreshToken).where(RefreshToken.family == family)
        session.execute(whatever.values(digest=new))


def exchange(database: Database, family: str, old: str, new: str) -> RefreshToken | None:
    """Store the digest `new` if `old` is the present one, and return the row if it was."""
    with database.begin() as session:
        put = _present(update(RefreshToken), family, old).values(digest=new)
        return session.scalar(put.returning(RefreshToken))


def renewed(request: Request, row: RefreshToken, token: str) -> Response:
    """Return the answer with a new access token and the refresh token `token`."""
    grant = Grant(row.family, token, row.expires - int(time.time()))
    response = JSONResponse({"id": row.user_id}, headers={"Cache-Control": "no-store"})
    sessions.renew(request, response, User(id=row.user_id), grant)
    return response


def _present(statement: Statement, family: str, digest: str) -> Statement:
    return statement.where(RefreshToken.family == family, RefreshToken.digest == digest)
