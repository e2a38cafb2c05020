"""Sign a visitor in. A failure has the same response and work, with an account and without.

Left out: a cost that is lowered. An account with the higher cost takes longer (passwords.py).
"""

import asyncio

from sqlalchemy import Connection, bindparam, select
from starlette.datastructures import State
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from minisrv.auth import emails, passwords, sessions
from minisrv.auth.sign_in_limit import limited
from minisrv.db.models import Database, User, first_user, replace_hash
from minisrv.errors import BadCredentials
from minisrv.web import bodies

BY_EMAIL = select(User.__table__).where(User.email == bindparam("email"))


async def signin(request: Request) -> Response:
    """Return the account and start a session, which is remembered if the visitor asks for it."""
    body = await bodies.read_object(request)
    typed, password = bodies.text(body, "email"), bodies.text(body, "password")
    remembered = bodies.flag(body, "remember")
    email = emails.normalised_or_none(typed)
    async with limited(request, account=email or typed):
        user = await _authenticate(request.app.state, email, password)
    response = JSONResponse(user.public())
    await sessions.start(request, response, user, remembered)
    return response


async def _authenticate(state: State, email: str | None, password: str) -> User:
    """Return the account of `email` if the password is right, or raise BadCredentials."""
    user = await state.reader.ask(_find, email) if email else None
    stored = user.password if user else None  # verifying None costs a hash as well
    cost, pepper = state.settings.bcrypt_cost, state.settings.pepper
    peppers = state.settings.all_peppers
    matches = await state.workers.run(passwords.verify, password, stored, cost, *peppers)
    if user is None or not matches:
        raise BadCredentials(account=user.id if user else None)
    if passwords.needs_rehash(user.password, cost, pepper):
        better = await state.workers.run(passwords.hash, password, cost, pepper)
        if not await asyncio.to_thread(_store, state.database, user, better):
            return await _authenticate(state, email, password)  # ask again what is stored now
        user.password = better
    return user


def _find(connection: Connection, email: str) -> User | None:
    return first_user(connection, BY_EMAIL, email=email)


def _store(database: Database, user: User, better: str) -> bool:
    """Replace the user's hash by a better one, or return False if it was replaced meanwhile."""
    with database.begin() as session:
        return replace_hash(session, user, better)
