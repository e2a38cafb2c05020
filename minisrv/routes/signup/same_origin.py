"""Rung 16: adds a check that no other page sent the request. Still missing: sessions.start.

So the session before goes on. And the new one is in no list of sessions, as in rungs 14 and 15:
what ends all sessions of a user, such as a change of password, does not end it.
"""

import asyncio

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from minisrv.auth import access_tokens, cookies, csrf, emails, passwords
from minisrv.db import models
from minisrv.db.models import User
from minisrv.web import bodies


async def signup(request: Request) -> Response:
    """Insert the user, set the token as a cookie, and return the public user."""
    state = request.app.state
    csrf.same_origin_only(request)
    email, password = await bodies.read_credentials(request)
    email = emails.normalise(email)
    passwords.check_length(password)
    passwords.check_not_common(password, email)
    cost, pepper = state.settings.bcrypt_cost, state.settings.pepper
    hashed = await state.workers.run(passwords.hash, password, cost, pepper)
    user = User(email=email, password=hashed)
    await asyncio.to_thread(models.add_user, state.database, user)
    token = access_tokens.issue(user.id, state.settings.secret, state.settings.session_seconds)
    response = JSONResponse(user.public(), 201, {"Cache-Control": "no-store"})
    cookies.set(response, state.settings.cookie, token, state.settings.session_seconds)
    return response


route = Route("/api/signup", signup, methods=["POST"])
