"""Sign the visitor out, in the browser and on the server."""

from starlette.requests import Request
from starlette.responses import Response

from minisrv.auth import cookies, csrf, sessions


async def signout(request: Request) -> Response:
    """End the session, so that a copy of it is worthless too, and clear its cookies; answer 204."""
    settings = request.app.state.settings
    csrf.same_origin_only(request)
    await sessions.end(request)
    response = Response(status_code=204, headers={"Cache-Control": "no-store"})
    cookies.clear(response, settings.cookie)
    if cookies.read(request, settings.refresh_cookie):
        cookies.clear(response, settings.refresh_cookie)
    return response
