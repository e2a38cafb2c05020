"""Rung 14: adds standard claims and a strong key. Still missing: a sibling can set the cookie.

The cookie lasts eight hours, as in the rungs below, whatever session_seconds says.
"""

import asyncio

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from minisrv.auth import access_tokens, emails, passwords
from minisrv.db import models
from minisrv.db.models import User
from minisrv.web import bodies


async def signup(request: Request) -> Response:
    """Insert the user, set the token as a cookie, and return the public user."""
    state = request.app.state
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
    secure = state.settings.production
    response.set_cookie("TRAX_ACCESS_TOKEN", token, 8 * 60 * 60, httponly=True, secure=secure)
    return response


route = Route("/api/signup", signup, methods=["POST"])
