"""Sign the visitor out, in the browser and on the server."""

import asyncio
from contextlib import suppress

from starlette.requests import Request
from starlette.responses import Response

from minisrv import cookies, csrf
from minisrv.errors import NotSignedIn
from minisrv.identity import current_claims, revoke


async def signout(request: Request) -> Response:
    """Revoke the token, so that a copy of it is worthless too, and clear the cookie; answer 204."""
    state = request.app.state
    csrf.same_origin_only(request)
    with suppress(NotSignedIn):  # there is nothing to end then: signing out twice is no error
        await asyncio.to_thread(revoke, state.database, current_claims(request))
    response = Response(status_code=204, headers={"Cache-Control": "no-store"})
    cookies.clear(response, state.settings)
    return response
