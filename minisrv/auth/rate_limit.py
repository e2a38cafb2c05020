"""Count tries before the work they cause, in the database, so that all processes count together.

A try is counted before it is known to be wrong: else many at once would all slip through. Left out:
the end of an account's patience. NIST SP 800-63B-4 §3.2.2 allows 100 failures in a row, and then a
new password by mail; this server sends no mail, so it only slows guessing down.
"""

import hashlib
import ipaddress
import time
from importlib import import_module

from sqlalchemy import case, delete, or_, select, update
from sqlalchemy.orm import Session

from minisrv.db.models import Attempts, Database
from minisrv.errors import TooManyAttempts


def key(kind: str, of: str) -> str:
    """Return the name of a counter, such as that of the "account" `of` an address.

    A digest, for what was typed may be a password in the wrong field, and is not to be kept.
    """
    return hashlib.sha256(f"{kind}:{of}".encode("utf-8", "surrogatepass")).hexdigest()


def source(host: str) -> str:
    """Return what is counted as one source: an IPv4 address, or the /64 of an IPv6 address.

    A single home has all 2^64 addresses of such a network at its disposal (RFC 4291 §2.5.1).
    """
    try:
        address = ipaddress.ip_address(host)
    except ValueError:  # a socket that is no IP address
        return host
    if address.version == 4:
        return str(address)
    return str(address.ipv4_mapped or ipaddress.ip_network((address.packed, 64), strict=False))


def take(database: Database, limits: dict[str, int], seconds: int) -> None:
    """Count one try at each of the counters `limits`, or raise TooManyAttempts and count nothing.

    They are counted in this order everywhere: else two tries could wait for each other. A counter
    begins anew `seconds` after its first try.
    """
    now = int(time.time())
    with database.begin() as session:  # what is raised takes back what was counted
        for counter, most in limits.items():
            count, ends = _count(session, counter, now, seconds)
            if count > most:
                raise TooManyAttempts(ends - now)  # 429 with Retry-After, RFC 6585 §4


def give_back(database: Database, shared: str, succeeded: str) -> None:
    """After a success: take one try off `shared`, forget the counter `succeeded`, tidy up."""
    with database.begin() as session:
        _count_less(session, shared)
        session.execute(delete(Attempts).where(Attempts.key == succeeded))
    # What others are counting at this moment is left for the next time, and nobody is waited for.
    over = select(Attempts.key).where(Attempts.ends <= int(time.time()))
    with database.begin() as session:
        unused = over.with_for_update(skip_locked=True)
        session.execute(delete(Attempts).where(Attempts.key.in_(unused)))


def take_back(database: Database, *counters: str) -> None:
    """Undo a `take`: the try was not judged, and that is not the visitor's fault."""
    with database.begin() as session:
        for counter in counters:
            _count_less(session, counter)


def _count_less(session: Session, counter: str) -> None:
    counted = update(Attempts).where(Attempts.key == counter, Attempts.count > 0)
    session.execute(counted.values(count=Attempts.count - 1))


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
