"""Count attempts in the database, so that all processes count together, and refuse too many.

An attempt is counted before it is judged: otherwise many at once would all slip through. Left out:
locking an account. NIST SP 800-63B-4 §3.2.2 allows 100 failures in a row, then the password is
disabled until a new one is set. That takes a mail, which this server does not send, so it only
slows guessing down.
"""

import hashlib
import ipaddress
import time

from sqlalchemy import delete, select, text, update
from sqlalchemy.orm import Session

from minisrv.db.models import Attempts, Database
from minisrv.errors import TooManyAttempts

# Add one in one statement, so that no two attempts read the same number. SQLite and PostgreSQL both
# know it. A counter whose end has come starts again; so does one whose end is further away than any
# can be, because the clock was set back.
COUNT = text("""
    INSERT INTO attempts (key, count, ends) VALUES (:key, 1, :ends)
    ON CONFLICT (key) DO UPDATE SET
        count = CASE WHEN attempts.ends > :now AND attempts.ends <= :latest
                THEN attempts.count + 1 ELSE 1 END,
        ends = CASE WHEN attempts.ends > :now AND attempts.ends <= :latest
               THEN attempts.ends ELSE :ends END
    RETURNING count, ends
""")
# `now` may be older than what is stored: an attempt may have waited for a lock, and the clocks of
# two machines differ. If they differ by more, each attempt starts the count again.
CLOCKS = 60  # seconds


def key(kind: str, of: str) -> str:
    """Return the name of a counter: of the kind "account" or "source", for one address.

    It is a digest: people type a password into the wrong field, and it must not be stored.
    """
    return hashlib.sha256(f"{kind}:{of}".encode("utf-8", "surrogatepass")).hexdigest()


def source(host: str) -> str:
    """Return what is counted as one source: an IPv4 address, or the /64 of an IPv6 address.

    One home has all 2^64 addresses of such a network (RFC 4291 §2.5.1). Anything else is "-": a
    proxy may pass on what its client wrote.
    """
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return "-"
    if address.version == 4:
        return str(address)
    return str(address.ipv4_mapped or ipaddress.ip_network((address.packed, 64), strict=False))


def count_attempt(database: Database, limits: dict[str, int], seconds: int) -> None:
    """Count one attempt with each counter of `limits`, or raise TooManyAttempts and count nothing.

    `limits` maps counters to the attempts allowed in `seconds`. Use the same order everywhere:
    otherwise two attempts could wait for each other's rows.
    """
    now = int(time.time())
    with database.begin() as session:  # TooManyAttempts rolls back what was counted
        for counter, allowed in limits.items():
            values = {"key": counter, "now": now, "ends": now + seconds}
            values["latest"] = values["ends"] + CLOCKS
            count, ends = session.execute(COUNT, values).one()
            if count > allowed:
                raise TooManyAttempts(ends - now)  # 429 with Retry-After, RFC 6585 §4


def undo_attempt(database: Database, *counters: str) -> None:
    """Take one attempt off `counters`: it was not judged, and that is not the visitor's fault."""
    with database.begin() as session:
        for counter in counters:
            _count_one_less(session, counter)


def reset_after_success(database: Database, source: str, account: str) -> None:
    """Take one attempt off the counter `source` and delete the counter `account`.

    Others share a source, and their failures stay counted. Counters that have ended are deleted.
    """
    # Rows that other requests are counting with now are skipped: waiting for them is not worth it.
    ended = select(Attempts.key).where(Attempts.ends <= int(time.time()))
    with database.begin() as session:
        unlocked = ended.with_for_update(skip_locked=True)
        session.execute(delete(Attempts).where(Attempts.key.in_(unlocked)))
    # Last, so that nothing was taken off if this raises.
    with database.begin() as session:
        _count_one_less(session, source)
        session.execute(delete(Attempts).where(Attempts.key == account))


def _count_one_less(session: Session, counter: str) -> None:
    counted = update(Attempts).where(Attempts.key == counter, Attempts.count > 0)
    session.execute(counted.values(count=Attempts.count - 1))
