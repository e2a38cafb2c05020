"""Rung 9: adds a hash of the whole password. Still missing: everybody waits.

With more than 1,000 characters nobody can sign in later; rung 11 refuses such a password.
"""

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
    """Insert the user, set the token as a cookie for eight hours, and return the row."""
    state = request.app.state
    email, password = await bodies.read_credentials(request)
    email = emails.normalise(email)
    cost, pepper = state.settings.bcrypt_cost, state.settings.pepper
    hashed = passwords.hash(password, cost, pepper)
    user = User(email=email, password=hashed)
    try:
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


route = Route("/api/signup", signup, methods=["POST"])
