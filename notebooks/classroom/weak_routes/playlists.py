"""Playlists without protection against CSRF, for the lessons to attack.

Both handlers know who is signed in, and that is the point: the browser sends the cookie by itself.
"""

import asyncio
import json
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from minisrv.auth.current_user import current_user
from minisrv.db import models
from minisrv.db.models import Playlist
from minisrv.routes.playlists import playlists as ours
from minisrv.routes.signup.verbs import EVERY_VERB


async def unguarded(request: Request) -> Response:
    """Add a playlist for every POST, from any origin and with any type of body."""
    if request.method != "POST":
        return await ours(request)
    return await add(request, name_in(await request.body()))


async def every_verb(request: Request) -> Response:
    """Add a playlist for any method if there is a `name`, in the query or in the body."""
    name = request.query_params.get("name") or name_in(await request.body())
    return await (add(request, name) if name else ours(request))


async def add(request: Request, name: str) -> Response:
    """Add a playlist for the user whose session cookie came with the request."""
    user = await current_user(request)
    row = Playlist(user_id=user.id, name=name)
    await asyncio.to_thread(models.add, request.app.state.database, row)
    return JSONResponse(row.public(), 201, {"Cache-Control": "no-store"})


def name_in(body: bytes) -> str:
    """Return the `name` in a body of JSON or of a form, as a lenient parser does; "" if none."""
    try:
        return str(json.loads(body)["name"])
    except (ValueError, TypeError, LookupError):
        return parse_qs(body.decode("utf-8", "replace")).get("name", [""])[0]


by_get = Route("/api/playlists", every_verb, methods=EVERY_VERB)
