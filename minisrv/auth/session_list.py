"""List the sessions of a user, and end one of them or all (ASVS 5.0 7.4.3 and 7.5.2).

A remembered session is a row already: its token family. A plain session is an access token, which
is valid without a row. It has a row here, under the id of the token, so that it can be listed. It
ends when that id is among the revoked ones. Left out: where and in which browser a session began.
That would help a visitor to recognise it, and is personal data about each sign-in.
"""

import time
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, delete, insert, select
from sqlalchemy.orm import Session

from minisrv.auth import refresh_tokens
from minisrv.auth.access_tokens import CLOCK_STEP, Claims
from minisrv.db.models import Database, PlainSession, RefreshToken, RevokedToken, User
from minisrv.errors import BadCredentials

PLAIN = PlainSession.__table__
EXPIRED = delete(PLAIN).where(PLAIN.c.expires < bindparam("expired"))
SAME_PASSWORD = (
    select(User.id)
    .where(User.id == bindparam("user_id"), User.password == bindparam("password"))
    .with_for_update(read=True)  # FOR SHARE: sign-ins do not wait for each other
)
MOST = 100  # sessions of each kind in the list, those that last longest


@dataclass(frozen=True)
class Entry:
    """One session: its id, when it ends in seconds since 1970, and if it is remembered."""

    id: str
    expires: int
    remembered: bool


def add(database: Database, claims: Claims, user: User) -> None:
    """Add the plain session of a new access token to the list, and delete expired ones.

    Raises BadCredentials, with nothing changed, if the password of `user` was changed meanwhile.
    """
    row = {"id": claims.token_id, "user_id": claims.user_id, "expires": claims.expires}
    with database.begin() as session:
        connection = session.connection()
        connection.execute(insert(PLAIN), row)
        check_password_is_still(connection, user)
        # Last: the check may wait for a change of password, which may wait for one of these rows.
        connection.execute(EXPIRED, {"expired": int(time.time()) - CLOCK_STEP})


def check_password_is_still(connection: Connection, user: User) -> None:
    """Raise BadCredentials unless the password is the one that `user` was signed in with.

    A change of password holds the user's row until all sessions have ended. So check this after a
    session was added: either it is among those that end, or the check fails.
    """
    values = {"user_id": user.id, "password": user.password}
    if connection.execute(SAME_PASSWORD, values).first() is None:
        raise BadCredentials(account=user.id)


def of_user(database: Database, user_id: int, idle: int) -> list[Entry]:
    """Return the sessions that have not ended, those that last longest first.

    A remembered one has ended as well if it had no exchange for `idle` seconds.
    """
    now = int(time.time())
    families = select(RefreshToken.family, RefreshToken.expires).where(
        RefreshToken.user_id == user_id, refresh_tokens.is_alive(now, idle)
    )
    plain = select(PlainSession.id, PlainSession.expires).where(
        PlainSession.user_id == user_id, PlainSession.expires > now
    )
    families = families.order_by(RefreshToken.expires.desc()).limit(MOST)
    plain = plain.order_by(PlainSession.expires.desc()).limit(MOST)
    with database() as session:
        found = [Entry(*row, remembered=True) for row in session.execute(families)]
        found += [Entry(*row, remembered=False) for row in session.execute(plain)]
    return sorted(found, key=lambda entry: -entry.expires)


def end(database: Database, user_id: int, session_id: str | None = None) -> int:
    """End the user's session of that id, or all of them, and return how many there were."""
    with database.begin() as session:
        return end_within(session, user_id, session_id)


def end_within(session: Session, user_id: int, session_id: str | None = None) -> int:
    """Do the same as `end` within a transaction that is under way."""
    plain = delete(PlainSession).where(PlainSession.user_id == user_id)
    families = delete(RefreshToken).where(RefreshToken.user_id == user_id)
    if session_id is not None:
        plain = plain.where(PlainSession.id == session_id)
        families = families.where(RefreshToken.family == session_id)
    ended = session.execute(plain.returning(PlainSession.id, PlainSession.expires)).all()
    session.add_all(RevokedToken(id=id, expires=expires) for id, expires in ended)
    return len(ended) + session.execute(families).rowcount
