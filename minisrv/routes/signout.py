"""Sign the visitor out, in the browser and on the server."""

from starlette.requests import Request
from starlette.responses import Response

from minisrv.auth import sessions


async def signout(request: Request) -> Response:
    """End the session, also for copies of its tokens, clear its cookies, and return 204."""
    await sessions.end(request)
    response = Response(status_code=204)
    sessions.clear_cookies(request, response)
    return response
