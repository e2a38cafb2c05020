"""Sign-ins that accept what a form of another origin can send, or stop it in one way only."""

import asyncio

from sqlalchemy import select
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from minisrv.auth import access_tokens, cookies, csrf, passwords
from minisrv.db.models import Database, User
from minisrv.errors import BadCredentials, NotJson

JSON = "application/json"


async def any_type(request: Request) -> Response:
    """Respond with the account and a session cookie; check neither Content-Type nor Origin.

    `await request.json()` reads JSON under any Content-Type.
    """
    state = request.app.state
    body = await request.json()
    user = await asyncio.to_thread(_find, state.database, body["email"])
    stored = user.password if user else None
    cost, pepper = state.settings.bcrypt_cost, state.settings.pepper
    if not await state.workers.run(passwords.verify, body["password"], stored, cost, pepper):
        raise BadCredentials
    token = access_tokens.issue(user.id, state.settings.secret, state.settings.session_seconds)
    response = JSONResponse(user.public(), headers={"Cache-Control": "no-store"})
    cookies.set(response, state.settings.cookie, token, state.settings.session_seconds)
    return response


async def json_from_anywhere(request: Request) -> Response:
    """Do the same, but demand the media type of JSON, which no form can send."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != JSON:
        raise NotJson
    return await any_type(request)


async def any_type_from_us(request: Request) -> Response:
    """Do the same as `any_type`, but ask who started the request."""
    csrf.same_origin_only(request)
    return await any_type(request)


def _find(database: Database, email: str) -> User | None:
    with database() as session:
        return session.scalar(select(User).where(User.email == email))
