"""Return the account of the user who is signed in."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from minisrv.auth.current_user import current_user


async def me(request: Request) -> Response:
    """Return the account of the session cookie, or raise NotSignedIn."""
    user = await current_user(request)
    return JSONResponse(user.public())
