"""Keep somebody signed in for weeks with tokens that last minutes: a refresh token, used once.

All tokens that follow from one sign-in are a family, and the family is one row, which holds the
digest of the one token that is good now. To exchange it is one UPDATE, so however many ask at once,
in however many processes, one token follows. An older one that comes back means that two have it:
nobody can tell which of them is the thief, so the family ends (RFC 9700 §4.14.2). Left out: an end
for those who stay away; a family ends at a fixed time, whatever happens in between.
"""

import base64
import hashlib
import hmac
import secrets
import time
from dataclasses import dataclass

from sqlalchemy import delete, select, update

from minisrv.access_tokens import CLOCK_STEP
from minisrv.errors import NotSignedIn, TokenReused
from minisrv.models import Database, RefreshToken

# Two tabs notice at the same moment that their time is over, and an answer can be lost on its way:
# for as long as this the token before may come again, and gets the same answer.
GRACE_SECONDS = 10


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
        session.add(row)
    return grant


def rotate(
    database: Database, family: str, token: str, key: str, now: float | None = None
) -> Grant:
    """Exchange `token` for the next of its family.

    Raises NotSignedIn when the family has ended, and TokenReused when `token` is not its present
    one: that ends it.
    """
    now = int(time.time() if now is None else now)
    successor = _successor(token, key)
    alive = (RefreshToken.family == family, RefreshToken.expires > now)
    exchange = update(RefreshToken).where(*alive, RefreshToken.digest == _digest(token))
    with database.begin() as session:
        session.execute(exchange.values(digest=_digest(successor), exchanged=now))
        row = session.scalar(select(RefreshToken).where(*alive))
    if row is None:
        raise NotSignedIn
    # So it is for whoever has just exchanged it, and for whoever came at the same time, too late.
    if row.digest != _digest(successor) or abs(now - row.exchanged) > GRACE_SECONDS:
        revoke(database, family)
        raise TokenReused
    return Grant(family, successor, row.expires - now)


def revoke(database: Database, family: str) -> None:
    """End the family, for every copy of every token of it."""
    with database.begin() as session:
        session.execute(delete(RefreshToken).where(RefreshToken.family == family))


def _successor(token: str, key: str) -> str:
    """Return the token that follows: always the same, and to be told by nobody without `key`."""
    message = f"refresh:{token}".encode()  # with a colon, so it is never what a JWT is signed over
    digest = hmac.digest(key.encode(), message, "sha256")
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def _digest(token: str) -> str:
    """Return what is stored, which opens nothing; 32 random bytes need neither salt nor cost."""
    return hashlib.sha256(token.encode()).hexdigest()
