"""Sign a visitor in; address and password are told apart to nobody, by words or by work."""

import asyncio

from sqlalchemy import Connection, bindparam, select, update
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from minisrv.auth import csrf, emails, passwords, rate_limit, sessions
from minisrv.db.models import Database, User, first_user
from minisrv.errors import BadCredentials, InvalidEmail, Overloaded
from minisrv.web import bodies

BY_EMAIL = select(User.__table__).where(User.email == bindparam("email"))


async def signin(request: Request) -> Response:
    """Answer the account and a new session, one that is remembered if asked for, or 401."""
    csrf.same_origin_only(request)
    body = await bodies.read_object(request)
    email, password = bodies.text(body, "email"), bodies.text(body, "password")
    remember = bodies.flag(body, "remember")
    user = await _authenticated(request, email, password)
    response = JSONResponse(user.public(), headers={"Cache-Control": "no-store"})
    await sessions.start(request, response, user, remember)
    return response


async def _authenticated(request: Request, email: str, password: str) -> User:
    """Return the account that both belong to, or raise BadCredentials or TooManyAttempts."""
    state, settings = request.app.state, request.app.state.settings
    counters = _counters(request, email)
    await asyncio.to_thread(rate_limit.take, state.database, counters, settings.attempts_seconds)
    user = await state.reader.ask(_find, email)
    stored = user.password if user else None  # None costs a hash as well
    cost, pepper = settings.bcrypt_cost, settings.pepper
    try:
        matches = await state.workers.run(passwords.verify, password, stored, cost, pepper)
    except Overloaded:
        await asyncio.to_thread(rate_limit.take_back, state.database, *counters)
        raise
    if user is None or not matches:
        raise BadCredentials
    if passwords.needs_rehash(user.password, cost):
        better = await state.workers.run(passwords.hash, password, cost, pepper)
        await asyncio.to_thread(_store, state.database, user, better)
    await asyncio.to_thread(rate_limit.give_back, state.database, *counters)
    return user


def _counters(request: Request, email: str) -> dict[str, int]:
    """Return the counters that this try is counted by, with their limits: source, then account.

    The source is the peer of the connection: X-Forwarded-For is whatever a client writes.
    """
    settings, host = request.app.state.settings, request.client.host if request.client else ""
    return {
        rate_limit.key("source", rate_limit.source(host)): settings.attempts_per_source,
        rate_limit.key("account", _spelling(email) or email): settings.attempts_per_account,
    }


def _spelling(email: str) -> str | None:
    try:
        return emails.normalise(email)
    except InvalidEmail:
        return None


def _find(connection: Connection, email: str) -> User | None:
    """Return the account of `email`; an address that cannot be one is simply not known."""
    spelling = _spelling(email)
    return first_user(connection, BY_EMAIL, email=spelling) if spelling else None


def _store(database: Database, user: User, hashed: str) -> None:
    """Replace the hash by a better one; one statement, so that no lock is held while it reads."""
    better = update(User).where(User.id == user.id, User.password == user.password)
    with database.begin() as session:
        session.execute(better.values(password=hashed))
