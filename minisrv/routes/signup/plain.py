"""Rung 1: keep the password as it came. Left out: everything that follows."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from minisrv.db import models
from minisrv.db.models import User
from minisrv.routes.signup.verbs import EVERY_VERB


async def signup(request: Request) -> Response:
    """Insert the user and send the row back."""
    state = request.app.state
    body = await request.json()
    user = User(email=body["email"], password=body["password"])
    models.add(state.database, user)
    return JSONResponse(user.row())


route = Route("/api/signup", signup, methods=EVERY_VERB)
