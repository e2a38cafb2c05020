"""Write security events to a log: an operator sees an attack and its course (ASVS 5.0 16.3.1).

A line says what happened, to which account, and from where. It never holds a password, a token or
an address that somebody typed: people type a password into the wrong field (16.2.5). Its parts are
the name of an event, a number and an IP address, so nobody can forge a line (16.4.1). Left out:
telling the owner, which takes a mail.
"""

import logging
from enum import Enum

from starlette.requests import Request

from minisrv.auth import rate_limit

LOGGER = logging.getLogger("minisrv.security")
# Silent unless the program that serves says where the lines go (serve/logs.py): a lesson does not.
LOGGER.addHandler(logging.NullHandler())


class Event(Enum):
    """The events by their names in the log. A value is the level, and when the event is written."""

    SESSION_STARTED = logging.INFO, "somebody has signed up or in"
    SESSION_ENDED = logging.INFO, "somebody has signed out, or ended one session of the list"
    ALL_SESSIONS_ENDED = logging.INFO, "somebody has signed out everywhere"
    PASSWORD_CHANGED = logging.INFO, "somebody has changed a password; all sessions have ended"
    SIGN_IN_FAILED = logging.WARNING, "address or password is wrong, also at a change of password"
    SIGN_IN_THROTTLED = logging.WARNING, "an account or a source had too many attempts"
    REFRESH_TOKEN_REUSED = logging.ERROR, "an old refresh token came back; a thief may have it"
    CROSS_SITE_REFUSED = logging.WARNING, "a page of another origin started a request"


def record(request: Request, event: Event, account: int | None = None) -> None:
    """Write one line about `event`. `account` is the id of a user, or None if it is unknown.

    The source is the peer, or whom a trusted proxy names, as the rate limit counts it: personal
    data, so keep it no longer than the search for an attack takes.
    """
    level, _ = event.value
    source = rate_limit.source(request.client.host) if request.client else "-"
    LOGGER.log(level, "%s account=%s source=%s", event.name.lower(), account or "-", source)
