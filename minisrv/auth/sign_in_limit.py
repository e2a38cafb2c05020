"""The policy for guessing at the sign-in: how many attempts for one account and from one source."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from starlette.requests import Request

from minisrv.auth import rate_limit
from minisrv.errors import BadCredentials


@asynccontextmanager
async def limited(request: Request, account: str) -> AsyncIterator[None]:
    """Count an attempt to sign in to `account`, then run the body of the `async with`.

    Raises TooManyAttempts before the body runs. If the body succeeds, the account's count is reset.
    If it raises BadCredentials, the attempt counts. Any other error is not the visitor's fault: the
    server is too busy, the database is locked, or a shutdown has cancelled the request. (If it was
    cancelled while it was being counted, it stays counted.)
    """
    database, counters = request.app.state.database, _counters(request, account)
    seconds = request.app.state.settings.attempts_seconds
    await asyncio.to_thread(rate_limit.count_attempt, database, counters, seconds)
    try:
        yield
        await asyncio.to_thread(rate_limit.reset_after_success, database, *counters)
    except BadCredentials:
        raise
    except BaseException:  # asyncio.CancelledError is no Exception
        with suppress(Exception):  # the database may still be locked, or closed by now
            await asyncio.to_thread(rate_limit.undo_attempt, database, *counters)
        raise


def _counters(request: Request, account: str) -> dict[str, int]:
    """Return the two counters of this attempt, source first, each with its limit.

    The source is the peer of the connection, or whom a proxy among `trusted_proxies` names. No
    other is believed: a client can write anything into X-Forwarded-For.
    """
    settings, host = request.app.state.settings, request.client.host if request.client else ""
    return {
        rate_limit.key("source", rate_limit.source(host)): settings.attempts_per_source,
        rate_limit.key("account", account): settings.attempts_per_account,
    }
