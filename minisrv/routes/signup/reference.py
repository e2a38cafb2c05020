"""Rung 17, the reference: adds sessions.start: it ends the session before, and lists the new one.

Left out: proof that the address is the visitor's, a limit on sign-ups, and one transaction for the
account and its session. So after a 503 there may be an account, and its owner can sign in.
"""

import asyncio

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from minisrv.auth import csrf, emails, passwords, sessions
from minisrv.db import models
from minisrv.db.models import User
from minisrv.web import bodies


async def signup(request: Request) -> Response:
    """Insert the user, start a session, and return the public user."""
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
    response = JSONResponse(user.public(), 201, {"Cache-Control": "no-store"})
    await sessions.start(request, response, user)
    return response


route = Route("/api/signup", signup, methods=["POST"])
