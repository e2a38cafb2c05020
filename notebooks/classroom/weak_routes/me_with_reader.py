"""A `me` that trusts the account number that a given function reads from the token.

So the lessons can compare ways to read a token. Revoked tokens are not looked up.
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
    """Return a handler that responds with the account that `read` finds in the cookie's token.

    If `read` raises `catch`, the response is 401; any other error of `read` is a 500. The default
    is what most people write. It does not cover one error of PyJWT: InvalidKeyError.
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
