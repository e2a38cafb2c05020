"""Change the password: prove the present one, set a new one, end all sessions.

Anyone who knew the old password may have a session (ASVS 5.0 6.2.2, 6.2.3 and 7.4.3). Left out: a
new password for somebody who forgot the old one. That takes a mail, and this server sends none.
"""

import asyncio

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from minisrv.auth import passwords, security_log, session_list, sessions
from minisrv.auth.current_user import current_claims, current_user, user_of
from minisrv.auth.security_log import Event
from minisrv.auth.sign_in_limit import limited
from minisrv.db.models import Database, User, replace_hash
from minisrv.errors import BadCredentials
from minisrv.web import bodies


async def password(request: Request) -> Response:
    """Return the account, and give its browser a new session. All other sessions have ended.

    A wrong present password counts as a failed sign-in: a session that somebody left open is no
    place to guess it. If the new session cannot be stored, the response is an error, but the
    password is changed, and the log says so.
    """
    claims = current_claims(request)
    user = await user_of(request, claims)
    body = await bodies.read_object(request)
    present, new = bodies.text(body, "password"), bodies.text(body, "new_password")
    passwords.check_length(new)
    passwords.check_not_common(new, user.email)
    user = await _replace(request, user, present, new)
    security_log.record(request, Event.PASSWORD_CHANGED, user.id)
    response = JSONResponse(user.public())
    await sessions.start(request, response, user, remembered=claims.family is not None)
    return response


async def _replace(request: Request, user: User, present: str, new: str) -> User:
    """Return the user with a stored hash of `new`, or raise BadCredentials if `present` is wrong.

    Raises NotSignedIn if the session ends meanwhile, as another change of password ends it.
    """
    state = request.app.state
    cost, pepper = state.settings.bcrypt_cost, state.settings.pepper
    peppers = state.settings.all_peppers
    # It ends before anything changes. If it fails, the visitor can try again.
    async with limited(request, account=user.email):
        if not await state.workers.run(passwords.verify, present, user.password, cost, *peppers):
            raise BadCredentials(account=user.id)
    hashed = await state.workers.run(passwords.hash, new, cost, pepper)
    if not await asyncio.to_thread(_store, state.database, user, hashed):
        user = await current_user(request)  # what is stored now
        return await _replace(request, user, present, new)
    user.password = hashed
    return user


def _store(database: Database, user: User, hashed: str) -> bool:
    """Replace the hash that was checked and end all sessions, both or neither."""
    with database.begin() as session:
        stored = replace_hash(session, user, hashed)
        if stored:
            session_list.end_within(session, user.id)
        return stored
