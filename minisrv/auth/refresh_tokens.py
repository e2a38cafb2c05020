"""Keep somebody signed in for weeks with tokens that last minutes: a refresh token, used once.

All tokens that follow from one sign-in are a family, and the family is one row, which holds the
digest of its present token. To exchange it is one UPDATE, so however many ask at once, in however
many processes, one token follows. An older one that comes back means that two have it: nobody can
tell which of them is the thief, so the family ends (RFC 9700 §4.14.2). Left out: tying a token to a
key of the client's, the other way that the RFC names.
"""

import base64
import hashlib
import hmac
import secrets
import time
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Delete, delete, select, update

from minisrv.auth.access_tokens import CLOCK_STEP
from minisrv.db.models import Database, RefreshToken
from minisrv.errors import NotSignedIn, TokenReused

# Many tabs notice at one moment that their time is over, some a little later, and an answer can be
# lost on its way. So a token this young is not exchanged but given again, and for as long the one
# before may come, and gets it too. The price: a thief who keeps that close to the owner, each time,
# is not noticed.
GRACE_SECONDS = 60
MOST = 50  # families of one account; the one that was exchanged longest ago gives way


@dataclass(frozen=True)
class Grant:
    """What a browser is given: its sign-in's family, its refresh token, and the seconds left."""

    family: str
    token: str
    seconds: int


def start(database: Database, user_id: int, seconds: int, now: float | None = None) -> Grant:
    """Begin a family that ends `seconds` after `now`, in seconds since 1970."""
    now = int(time.time() if now is None else now)
    grant = Grant(secrets.token_hex(16), secrets.token_urlsafe(32), seconds)
    row = RefreshToken(
        family=grant.family,
        user_id=user_id,
        digest=_digest(grant.token),
        exchanged=now,
        expires=now + seconds,
    )
    with database.begin() as session:
        session.execute(delete(RefreshToken).where(RefreshToken.expires < now - CLOCK_STEP))
        session.execute(_too_many(user_id))
        session.add(row)
    return grant


def rotate(
    database: Database, family: str, token: str, key: str, idle: int, now: float | None = None
) -> Grant:
    """Exchange `token` for the next of its family, or give the present one again: see the grace.

    Raises NotSignedIn when the family has ended, which it has also when nothing was exchanged for
    `idle` seconds; and TokenReused, having ended it, when `token` is not good in it any more.
    """
    now = int(time.time() if now is None else now)
    successor = _successor(token, key)
    alive = (
        RefreshToken.family == family,
        RefreshToken.expires > now,
        RefreshToken.exchanged > now - idle,
    )
    due = (RefreshToken.digest == _digest(token), RefreshToken.exchanged <= now - GRACE_SECONDS)
    exchange = update(RefreshToken).where(*alive, *due)
    with database.begin() as session:
        session.execute(exchange.values(digest=_digest(successor), exchanged=now))
        row = session.scalar(select(RefreshToken).where(*alive))
    if row is None:
        raise NotSignedIn
    if row.digest == _digest(token):  # too young
        return Grant(family, token, row.expires - now)
    # Exchanged just now: by this very call, or by another tab's.
    if row.digest == _digest(successor) and abs(now - row.exchanged) <= GRACE_SECONDS:
        return Grant(family, successor, row.expires - now)
    revoke(database, family)
    raise TokenReused


def revoke(database: Database, family: str) -> None:
    """End the family, for every copy of every token of it."""
    with database.begin() as session:
        session.execute(delete(RefreshToken).where(RefreshToken.family == family))


def revoke_by(database: Database, token: str) -> None:
    """End the family whose present token is `token`, if there is one."""
    with database.begin() as session:
        session.execute(delete(RefreshToken).where(RefreshToken.digest == _digest(token)))


def _too_many(user_id: int) -> Delete[Any]:
    """Return the statement that makes room for one more family of the user."""
    his = RefreshToken.user_id == user_id
    latest = select(RefreshToken.family).where(his).order_by(RefreshToken.exchanged.desc())
    return delete(RefreshToken).where(his, RefreshToken.family.not_in(latest.limit(MOST - 1)))


def _successor(token: str, key: str) -> str:
    """Return the token that follows: always the same, and to be told by nobody without `key`."""
    message = f"refresh:{token}".encode()  # with a colon, so it is never what a JWT is signed over
    digest = hmac.digest(key.encode(), message, "sha256")
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def _digest(token: str) -> str:
    """Return what is stored, which opens nothing; 32 random bytes need neither salt nor cost."""
    return hashlib.sha256(token.encode()).hexdigest()
