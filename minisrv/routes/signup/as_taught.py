"""Rung 5: adds a cookie with the token. This is a port of the route that the tutorial teaches.

The tutorial's jsonwebtoken adds `iat`, and computes `exp` from "8h". PyJWT does neither, so the
route does. Its errors are Python's: Next.js rejects a body that is not JSON before it calls a
route, and the tutorial's bcrypt cuts a password of more than 72 bytes, where this one raises
(data/nextjs-recorded.json). Still missing: everything that the rungs above add.
"""

import time

import bcrypt
import jwt
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from minisrv.db import models
from minisrv.db.models import User
from minisrv.routes.signup.verbs import EVERY_VERB


async def signup(request: Request) -> Response:
    """Insert the user, set the token as a cookie for eight hours, and return the row."""
    state = request.app.state
    body = await request.json()
    salt = bcrypt.gensalt(state.settings.bcrypt_cost)
    try:
        hashed = bcrypt.hashpw(body["password"].encode(), salt).decode()
        user = User(email=body["email"], password=hashed)
        models.add(state.database, user)
    except Exception:
        return JSONResponse({"error": "User already exists"}, 401)
    now = time.time()
    claims = {"email": user.email, "id": user.id, "time": int(now * 1000)}
    claims |= {"iat": int(now), "exp": int(now) + 8 * 60 * 60}
    token = jwt.encode(claims, "hello", algorithm="HS256")
    response = JSONResponse(user.row())
    secure = state.settings.production
    response.set_cookie("TRAX_ACCESS_TOKEN", token, 8 * 60 * 60, httponly=True, secure=secure)
    return response


route = Route("/api/signup", signup, methods=EVERY_VERB)
