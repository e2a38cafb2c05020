"""Rung 3: adds a response for when inserting fails. Still missing: the reason why it failed."""

import bcrypt
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from minisrv.db import models
from minisrv.db.models import User
from minisrv.routes.signup.verbs import EVERY_VERB


async def signup(request: Request) -> Response:
    """Insert the user, or say that the address is taken."""
    state = request.app.state
    body = await request.json()
    salt = bcrypt.gensalt(state.settings.bcrypt_cost)
    try:
        hashed = bcrypt.hashpw(body["password"].encode(), salt).decode()
        user = User(email=body["email"], password=hashed)
        models.add(state.database, user)
    except Exception:
        return JSONResponse({"error": "User already exists"}, 401)
    return JSONResponse(user.row())


route = Route("/api/signup", signup, methods=EVERY_VERB)
