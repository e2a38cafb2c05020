"""Rung 16: refuse what a page of another origin started. Left out: who was signed in before."""

import asyncio

from sqlalchemy.exc import IntegrityError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from minisrv.auth import access_tokens, cookies, csrf, emails, passwords
from minisrv.db import models
from minisrv.db.models import User
from minisrv.errors import EmailTaken
from minisrv.web import bodies


async def signup(request: Request) -> Response:
    """Insert the user, set the token as a cookie, and answer with the public user."""
    state, settings = request.app.state, request.app.state.settings
    csrf.same_origin_only(request)
    email, password = await bodies.read_credentials(request)
    email = emails.normalise(email)
    passwords.check_length(password)
    passwords.check_not_common(password, email)
    cost, pepper = settings.bcrypt_cost, settings.pepper
    hashed = await state.workers.run(passwords.hash, password, cost, pepper)
    user = User(email=email, password=hashed)
    try:
        await asyncio.to_thread(models.add, state.database, user)
    except IntegrityError as error:
        if not models.is_duplicate(error):
            raise
        raise EmailTaken from None
    token = access_tokens.issue(user.id, settings.secret, settings.session_seconds)
    response = JSONResponse(user.public(), 201, {"Cache-Control": "no-store"})
    cookies.put(response, token, settings)
    return response


route = Route("/api/signup", signup, methods=["POST"])
