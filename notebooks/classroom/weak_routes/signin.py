"""A sign-in that accepts JSON under any Content-Type, as `await request.json()` does by default."""

import asyncio

from sqlalchemy import select
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from minisrv.auth import access_tokens, cookies, passwords
from minisrv.db.models import Database, User
from minisrv.errors import BadCredentials


async def any_type(request: Request) -> Response:
    """Respond with the account and a session cookie; check neither Content-Type nor Origin."""
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


def _find(database: Database, email: str) -> User | None:
    with database() as session:
        return session.scalar(select(User).where(User.email == email))
