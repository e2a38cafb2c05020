"""List a user's sessions, and end one of them or all: sign out elsewhere, or everywhere.

Left out: asking for the password before sessions end, as ASVS 5.0 7.5.2 does. A thief who ends the
owner's sessions only makes the owner sign in again. An owner ends the thief's sooner without it.
"""

import asyncio
from dataclasses import asdict

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from minisrv.auth import access_tokens, security_log, session_list
from minisrv.auth import sessions as auth_sessions
from minisrv.auth.access_tokens import Claims
from minisrv.auth.current_user import current_claims, user_of
from minisrv.auth.security_log import Event
from minisrv.errors import NotFound


async def sessions(request: Request) -> Response:
    """List the user's sessions (GET), or end them all, this one included (DELETE)."""
    return await (_end_all if request.method == "DELETE" else _list)(request)


async def session(request: Request) -> Response:
    """End one session of the user. Raise NotFound for an unknown one and for another user's."""
    claims, session_id = await _claims(request), request.path_params["id"]
    database = request.app.state.database
    # PostgreSQL takes no NUL in a text, so only a text of an id's form is looked for.
    if not access_tokens.ID.fullmatch(session_id) or not await asyncio.to_thread(
        session_list.end, database, claims.user_id, session_id
    ):
        raise NotFound
    security_log.record(request, Event.SESSION_ENDED, claims.user_id)
    return _ended(request, here=session_id == _id(claims))


async def _list(request: Request) -> Response:
    claims, state = await _claims(request), request.app.state
    idle = state.settings.idle_seconds
    found = await asyncio.to_thread(session_list.of_user, state.database, claims.user_id, idle)
    return JSONResponse([{**asdict(one), "current": one.id == _id(claims)} for one in found])


async def _end_all(request: Request) -> Response:
    claims = await _claims(request)
    await asyncio.to_thread(session_list.end, request.app.state.database, claims.user_id)
    security_log.record(request, Event.ALL_SESSIONS_ENDED, claims.user_id)
    return _ended(request, here=True)


async def _claims(request: Request) -> Claims:
    """Return the claims of the request's session, or raise NotSignedIn if it has ended."""
    claims = current_claims(request)
    await user_of(request, claims)
    return claims


def _id(claims: Claims) -> str:
    """Return the id that the session of `claims` has in the list."""
    return claims.family or claims.token_id


def _ended(request: Request, here: bool) -> Response:
    """Return 204. It clears the cookies if the session of the request has ended."""
    response = Response(status_code=204)
    if here:
        auth_sessions.clear_cookies(request, response)
    return response
