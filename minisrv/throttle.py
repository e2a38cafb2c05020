"""Count tries before the work they cause, in the database, so that all processes count together.

A try is counted before it is known to be wrong: else many at once would all slip through. Left out:
the end of an account's patience. NIST SP 800-63B-4 §3.2.2 allows 100 failures in a row, and then a
new password by mail; this server sends no mail, so it only slows guessing down.
"""

import hashlib
import time
from importlib import import_module

from sqlalchemy import case, delete, or_, update
from sqlalchemy.orm import Session

from minisrv.limits import TooManyAttempts
from minisrv.models import Attempts, Database


def key(kind: str, of: str) -> str:
    """Return the name of a counter, such as that of the "account" `of` an address.

    A digest, for what was typed may be a password in the wrong field, and is not to be kept.
    """
    return hashlib.sha256(f"{kind}:{of}".encode("utf-8", "surrogatepass")).hexdigest()


def take(database: Database, limits: dict[str, int], seconds: int) -> None:
    """Count one try at each of the counters `limits`; raise TooManyAttempts if one is over its own.

    A counter begins anew `seconds` after its first try.
    """
    now = int(time.time())
    with database.begin() as session:
        counted = [(_count(session, one, now, seconds), most) for one, most in limits.items()]
    waits = [ends - now for (count, ends), most in counted if count > most]
    if waits:
        raise TooManyAttempts(max(waits))  # 429 with Retry-After, RFC 6585 §4


def give_back(database: Database, succeeded: str, shared: str) -> None:
    """After a success: forget the counter `succeeded`, take one try off `shared`, tidy up."""
    over = Attempts.ends <= int(time.time())
    with database.begin() as session:
        session.execute(
            update(Attempts)
            .where(Attempts.key == shared, Attempts.count > 0)
            .values(count=Attempts.count - 1)
        )
        session.execute(delete(Attempts).where(or_(Attempts.key == succeeded, over)))


def _count(session: Session, counter: str, now: int, seconds: int) -> tuple[int, int]:
    """Add one to a counter in one statement, so that no two tries read the same number."""
    # The insert that can update is the dialect's own; to import that of another loads 2 MB.
    insert = import_module(f"sqlalchemy.dialects.{session.get_bind().dialect.name}").insert
    # Over, or further away than it can be: the clock was set back.
    anew = or_(Attempts.ends <= now, Attempts.ends > now + seconds)
    statement = (
        insert(Attempts)
        .values(key=counter, count=1, ends=now + seconds)
        .on_conflict_do_update(
            index_elements=[Attempts.key],
            set_={
                "count": case((anew, 1), else_=Attempts.count + 1),
                "ends": case((anew, now + seconds), else_=Attempts.ends),
            },
        )
        .returning(Attempts.count, Attempts.ends)
    )
    return tuple(session.execute(statement).one())
