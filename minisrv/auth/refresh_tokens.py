"""Keep a user signed in for weeks with short access tokens: a refresh token renews them, once.

All refresh tokens of one sign-in are a family. A family is one row with the SHA-256 of its current
token. An exchange locks the row, so many requests at once, also in several processes, get one new
token. An old token that comes back is a sign that two people have a copy. The server cannot know
which of them is the thief, so it ends the family (RFC 9700 §4.14.2). Two minutes after the sign-in,
with A as the first token and B and C as those that follow:

    rotate(A) -> B              B is now the current token
    rotate(A) -> B              within GRACE_SECONDS: another tab
    rotate(B) -> B              within GRACE_SECONDS: B is too young to be exchanged
    rotate(B) -> C              later: C is now the current token
    rotate(A) raises TokenReused, and the family ends; rotate(C) raises NotSignedIn

Until B is exchanged, A is good: the response with B may have got lost. If it was not lost, two
people have a copy, and that is noticed when B comes:

    rotate(A) -> B2             later than GRACE_SECONDS: B2 takes the place of B
    rotate(B) raises TokenReused, and the family ends

Left out: binding a token to a key of the client, the other way that the RFC names.
"""

import base64
import hashlib
import hmac
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from sqlalchemy import ColumnElement, Delete, UpdateBase, and_, delete, select, update

from minisrv.auth.access_tokens import CLOCK_STEP
from minisrv.db.models import Database, RefreshToken
from minisrv.errors import NotSignedIn, TokenReused

# Several tabs notice at the same time that the access token has expired, some a little later. So
# for this long after an exchange, the new token and the one before both get the new token. The
# price: a thief who stays this close to the owner is not noticed.
GRACE_SECONDS = 60
RETRIES = 20  # responses in a row that may get lost before a client has to sign in again
MOST = 50  # families of one account; a new one replaces the one that was exchanged longest ago


@dataclass(frozen=True)
class Grant:
    """What a browser gets: the family of its sign-in, a refresh token, and the seconds left."""

    family: str
    token: str
    seconds: int


def start(database: Database, user_id: int, seconds: int, now: float | None = None) -> Grant:
    """Start a family that ends `seconds` after `now`, in seconds since 1970."""
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
        session.execute(_make_room(user_id))
        session.add(row)
    return grant


def rotate(
    database: Database,
    family: str,
    token: str,
    keys: Sequence[str],
    idle: int,
    now: float | None = None,
) -> Grant:
    """Exchange `token` for the next one of its family, or return the current one again.

    The first of `keys` makes new tokens. The others recognize tokens of earlier keys: replacements
    of a lost token that began under an earlier key go on with it. Raises TokenReused and ends the
    family if `token` is an older one. Raises NotSignedIn if the family has expired, or had no
    exchange for `idle` seconds.
    """
    now = int(time.time() if now is None else now)
    with database.begin() as session:
        row = session.scalar(_lock(family, now, idle))
        if row is None:
            raise NotSignedIn
        grant = _advance(row, token, keys, now)
        if grant:
            return grant
    revoke(database, family)
    raise TokenReused(account=row.user_id)


def _lock(family: str, now: int, idle: int) -> UpdateBase:
    """Return a statement that locks the row of `family` and returns it, if it has not ended.

    It is an UPDATE that changes nothing: a second request waits until the first has committed.
    """
    rows = update(RefreshToken).where(RefreshToken.family == family, is_alive(now, idle))
    return rows.values(family=family).returning(RefreshToken)


def is_alive(now: int, idle: int) -> ColumnElement[bool]:
    """Return the condition that a family has not expired, and was exchanged in `idle` seconds."""
    return and_(RefreshToken.expires > now, RefreshToken.exchanged > now - idle)


def _advance(row: RefreshToken, token: str, keys: Sequence[str], now: int) -> Grant | None:
    """Return the current token, or a new one if it is old enough to be exchanged.

    Return None if `token` is neither the current token nor the one before.
    """
    for key in keys:
        for current, following in pairwise([token, *_successors(token, key)]):
            if row.digest == _digest(current):
                if now - row.exchanged >= GRACE_SECONDS:
                    current, row.digest, row.exchanged = following, _digest(following), now
                return Grant(row.family, current, row.expires - now)
    return None


def revoke(database: Database, family: str) -> int | None:
    """End the family: no copy of any of its tokens is accepted any more.

    Return the id of its user, or None if it has ended before.
    """
    return _delete(database, RefreshToken.family == family)


def revoke_by(database: Database, token: str) -> int | None:
    """Do the same with the family whose current token is `token`, if there is one."""
    return _delete(database, RefreshToken.digest == _digest(token))


def _delete(database: Database, condition: ColumnElement[bool]) -> int | None:
    with database.begin() as session:
        return session.scalar(delete(RefreshToken).where(condition).returning(RefreshToken.user_id))


def _make_room(user_id: int) -> Delete[Any]:
    """Return a statement that deletes the oldest families of the user and leaves MOST - 1."""
    of_user = RefreshToken.user_id == user_id
    latest = select(RefreshToken.family).where(of_user).order_by(RefreshToken.exchanged.desc())
    return delete(RefreshToken).where(of_user, RefreshToken.family.not_in(latest.limit(MOST - 1)))


def _successors(token: str, key: str) -> list[str]:
    """Return the token that follows `token`, and those that replace it if it gets lost.

    They are always the same, and nobody can compute them without `key`.
    """
    return [_successor(token, key, number) for number in range(RETRIES)]


def _successor(token: str, key: str, number: int) -> str:
    # No JWT has a colon, so this is never a JWT's signature.
    digest = hmac.digest(key.encode(), f"refresh:{number}:{token}".encode(), "sha256")
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def _digest(token: str) -> str:
    """Return the SHA-256 that is stored. 32 random bytes need neither a salt nor a slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()
