"""A sign-out that revokes the access token, and leaves the refresh token valid."""

import asyncio
from contextlib import suppress

from starlette.requests import Request
from starlette.responses import Response

from minisrv.auth import cookies
from minisrv.auth.access_tokens import Claims
from minisrv.auth.current_user import current_claims
from minisrv.db.models import Database, RevokedToken
from minisrv.errors import NotSignedIn


async def jti_only(request: Request) -> Response:
    """Put the access token on the deny list and clear both cookies."""
    state = request.app.state
    with suppress(NotSignedIn):  # not signed in: no error
        await asyncio.to_thread(deny, state.database, current_claims(request))
    return cleared(request)


def deny(database: Database, claims: Claims) -> None:
    """Put the token on the deny list, by its `jti`."""
    with database.begin() as session:
        session.merge(RevokedToken(id=claims.token_id, expires=claims.expires))


def cleared(request: Request) -> Response:
    """Return a response that clears both cookies."""
    response, settings = Response(status_code=204), request.app.state.settings
    cookies.clear(response, settings.cookie)
    cookies.clear(response, settings.refresh_cookie)
    return response
