"""Tell the visitor who is signed in."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from minisrv.auth.current_user import current_user


async def me(request: Request) -> Response:
    """Answer the account of the session cookie, or 401."""
    user = await current_user(request)
    return JSONResponse(user.public())
