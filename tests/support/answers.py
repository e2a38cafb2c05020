"""What answers to several exercises share: an account is stored or looked up, a cookie is set."""

from collections.abc import Awaitable, Callable

from sqlalchemy import select
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from minisrv.auth import passwords
from minisrv.db import models
from minisrv.db.models import Database, User

Endpoint = Callable[[Request], Awaitable[Response]]


async def store(request: Request, stored: object) -> Response:
    """Insert the account with `stored` as its entry."""
    user = User(email=(await request.json())["email"], password=stored)
    models.add(request.app.state.database, user)
    return JSONResponse(user.public(), 201)


async def prepared(request: Request) -> tuple[User, Database]:
    """Return the account that is asked for, which is not stored yet, and the database."""
    body = await request.json()
    hashed = passwords.hash(body["password"], 4)
    return User(email=body["email"], password=hashed), request.app.state.database


def there(database: Database, email: object) -> User | None:
    """Return the account with this address."""
    with database() as session:
        return session.scalar(select(User).where(User.email == email))


def setting(*lines: str, **headers: str) -> Endpoint:
    """Return a route that does nothing but respond with these Set-Cookie lines and headers."""

    async def sets(request: Request) -> Response:
        response = JSONResponse({"message": "Done."}, headers=headers)
        for line in lines:
            response.headers.append("Set-Cookie", line)
        return response

    return sets
