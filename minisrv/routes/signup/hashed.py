"""Rung 2: salt and hash the password. Left out: an answer for an address that is taken."""

import bcrypt
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from minisrv.db import models
from minisrv.db.models import User
from minisrv.routes.signup.verbs import EVERY_VERB


async def signup(request: Request) -> Response:
    """Insert the user with a hashed password and send the row back."""
    state = request.app.state
    body = await request.json()
    salt = bcrypt.gensalt(state.settings.bcrypt_cost)
    hashed = bcrypt.hashpw(body["password"].encode(), salt).decode()
    user = User(email=body["email"], password=hashed)
    models.add(state.database, user)
    return JSONResponse(user.row())


route = Route("/api/signup", signup, methods=EVERY_VERB)
