"""A `me` that believes whatever account number a function reads out of the token.

So the lessons can set one way of reading a token against another. Left out: revoked tokens.
"""

from collections.abc import Awaitable, Callable

import jwt
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from minisrv.db.models import User
from minisrv.errors import NotSignedIn

COOKIE = "TRAX_ACCESS_TOKEN"
Read = Callable[[str], int | str]  # from a token to the number of the account that it names


def me_with_reader(
    read: Read, catch: type[Exception] = jwt.InvalidTokenError
) -> Callable[[Request], Awaitable[Response]]:
    """Return an endpoint that answers the account that `read` finds in the cookie's token.

    When `read` raises `catch`, it answers 401; any other error of `read` is a 500. The default is
    what most people write, and leaves one error of PyJWT out: InvalidKeyError.
    """

    async def me(request: Request) -> Response:
        try:
            number = int(read(request.cookies.get(COOKIE, "")))
        except catch:
            raise NotSignedIn from None
        with request.app.state.database() as session:
            user = session.get(User, number)
        if user is None:
            raise NotSignedIn
        return JSONResponse(user.public())

    return me
