"""Rung 2: adds a salt and a slow hash. Still missing: a response for an address that is taken."""

import bcrypt
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from minisrv.db import models
from minisrv.db.models import User
from minisrv.routes.signup.verbs import EVERY_VERB


async def signup(request: Request) -> Response:
    """Insert the user with a hashed password and return the row."""
    state = request.app.state
    body = await request.json()
    salt = bcrypt.gensalt(state.settings.bcrypt_cost)
    hashed = bcrypt.hashpw(body["password"].encode(), salt).decode()
    user = User(email=body["email"], password=hashed)
    models.add(state.database, user)
    return JSONResponse(user.row())


route = Route("/api/signup", signup, methods=EVERY_VERB)
