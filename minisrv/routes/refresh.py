"""Renew a session: the expired access token names it, and the refresh token proves the right to."""

import asyncio

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from minisrv.auth import cookies, refresh_tokens, sessions
from minisrv.auth.current_user import current_claims, user_of
from minisrv.errors import NotSignedIn


async def refresh(request: Request) -> Response:
    """Return the account and two new cookies, or raise NotSignedIn."""
    state, settings = request.app.state, request.app.state.settings
    claims = current_claims(request, allow_expired=True)
    token = cookies.read(request, settings.refresh_cookie)
    if claims.family is None or not token:  # a session that cannot be renewed
        raise NotSignedIn
    user = await user_of(request, claims)
    proof = (claims.family, token, settings.secret, settings.idle_seconds)
    grant = await asyncio.to_thread(refresh_tokens.rotate, state.database, *proof)
    response = JSONResponse(user.public())
    sessions.renew(request, response, user, grant)
    return response
