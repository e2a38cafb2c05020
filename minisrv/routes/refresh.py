"""Renew a session: the expired access token names it, and the refresh token proves the right to."""

import asyncio

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from minisrv.auth import cookies, refresh_tokens, sessions
from minisrv.auth.current_user import current_claims, user_of
from minisrv.errors import NotSignedIn


async def refresh(request: Request) -> Response:
    """Return the account and two new cookies, or raise NotSignedIn."""
    state = request.app.state
    claims = current_claims(request, allow_expired=True)
    token = cookies.read(request, state.settings.refresh_cookie)
    if claims.family is None or not token:  # a session that cannot be renewed
        raise NotSignedIn
    user = await user_of(request, claims)
    keys, idle = state.settings.all_secrets, state.settings.idle_seconds
    rotate = refresh_tokens.rotate
    grant = await asyncio.to_thread(rotate, state.database, claims.family, token, keys, idle)
    response = JSONResponse(user.public())
    sessions.renew(request, response, user, grant)
    return response
