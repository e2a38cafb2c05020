"""Sign the visitor out, in the browser and on the server."""

from starlette.requests import Request
from starlette.responses import Response

from minisrv.auth import cookies, sessions


async def signout(request: Request) -> Response:
    """End the session, also for copies of its tokens, clear its cookies, and return 204."""
    settings = request.app.state.settings
    await sessions.end(request)
    response = Response(status_code=204)
    cookies.clear(response, settings.cookie)
    if cookies.read(request, settings.refresh_cookie):
        cookies.clear(response, settings.refresh_cookie)
    return response
