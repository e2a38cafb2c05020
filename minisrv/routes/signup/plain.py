"""Rung 1: stores the password as it came. Every rung above adds one idea."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from minisrv.db import models
from minisrv.db.models import User
from minisrv.routes.signup.verbs import EVERY_VERB


async def signup(request: Request) -> Response:
    """Insert the user and return the row."""
    state = request.app.state
    body = await request.json()
    user = User(email=body["email"], password=body["password"])
    models.add(state.database, user)
    return JSONResponse(user.row())


route = Route("/api/signup", signup, methods=EVERY_VERB)
