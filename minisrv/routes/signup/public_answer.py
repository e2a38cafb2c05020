"""Rung 13: adds a public response: 201, the public columns, and no cache stores it.

models.add_user is what rung 12 spells out. Still missing: a token with a strong key.
"""

import asyncio
import time

import jwt
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from minisrv.auth import emails, passwords
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
    now = time.time()
    claims = {"email": user.email, "id": user.id, "time": int(now * 1000)}
    claims |= {"iat": int(now), "exp": int(now) + 8 * 60 * 60}
    token = jwt.encode(claims, "hello", algorithm="HS256")
    response = JSONResponse(user.public(), 201, {"Cache-Control": "no-store"})
    secure = state.settings.production
    response.set_cookie("TRAX_ACCESS_TOKEN", token, 8 * 60 * 60, httponly=True, secure=secure)
    return response


route = Route("/api/signup", signup, methods=["POST"])
