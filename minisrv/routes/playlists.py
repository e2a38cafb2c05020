"""A user's playlists: strangers must not see them, and other sites must not change them."""

import asyncio
import re
import unicodedata

from sqlalchemy import delete, func, select, update
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from minisrv.auth.current_user import current_user
from minisrv.db.models import Database, Playlist, User
from minisrv.errors import InvalidName, NotFound, PlaylistsFull
from minisrv.web import bodies

MOST = 1000  # playlists of one account: one response holds all of them
NO_TEXT = {"Cc", "Cs", "Zl", "Zp"}  # control characters, half characters, line breaks
INVISIBLE = {"Cf", "Cn", "Zs", "Mn", "Me"}  # a name needs something else as well
# They change the direction of the text after them (Unicode UAX #9 §2), also outside of the name.
TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Nine digits fit an INTEGER of PostgreSQL. Not {id:int}: int() raises for 4,301 digits.
ID = re.compile(r"[0-9]{1,9}")


async def playlists(request: Request) -> Response:
    """List the user's playlists (GET), add one (POST), or remove them all (DELETE)."""
    handler = {"POST": _add, "DELETE": _clear}.get(request.method, _list)
    return await handler(request)


async def playlist(request: Request) -> Response:
    """Remove one playlist of the user, or raise NotFound; another user's is not found either."""
    user = await current_user(request)
    number = ID.fullmatch(request.path_params["id"])
    database = request.app.state.database
    if not number or not await asyncio.to_thread(_remove, database, user, int(number[0])):
        raise NotFound
    return Response(status_code=204)


async def _list(request: Request) -> Response:
    user = await current_user(request)
    rows = await asyncio.to_thread(_of, request.app.state.database, user)
    return JSONResponse([row.public() for row in rows])


async def _add(request: Request) -> Response:
    user = await current_user(request)
    sent = bodies.text(await bodies.read_object(request), "name")
    name = sent.strip()
    if not name or len(sent) > 100 or not _is_text(name):
        raise InvalidName
    row = Playlist(user_id=user.id, name=name)
    await asyncio.to_thread(_insert, request.app.state.database, row)
    return JSONResponse(row.public(), 201, {"Location": f"/api/playlists/{row.id}"})


async def _clear(request: Request) -> Response:
    user = await current_user(request)
    await asyncio.to_thread(_remove, request.app.state.database, user)
    return Response(status_code=204)


def _is_text(name: str) -> bool:
    """Return True if `name` can be seen, and changes nothing around it.

    str.isprintable also rejects what Persian words, emoji families and French spaces are made of,
    and emoji that are newer than this Python.
    """
    categories = [unicodedata.category(one) for one in name]
    harmless = not NO_TEXT.intersection(categories) and not TURNS.intersection(name)
    return harmless and not INVISIBLE.issuperset(categories)


def _insert(database: Database, row: Playlist) -> None:
    """Insert `row`, or raise PlaylistsFull.

    The UPDATE changes nothing and locks the user's row: a second request counts after the first.
    """
    lock = update(User).where(User.id == row.user_id).values(id=row.user_id)
    of_user = select(func.count()).where(Playlist.user_id == row.user_id)
    with database.begin() as session:
        session.execute(lock)
        if session.scalar(of_user) >= MOST:
            raise PlaylistsFull
        session.add(row)


def _of(database: Database, user: User) -> list[Playlist]:
    with database() as session:
        rows = select(Playlist).where(Playlist.user_id == user.id).order_by(Playlist.id)
        return list(session.scalars(rows))


def _remove(database: Database, user: User, playlist_id: int | None = None) -> int:
    """Delete one or all of the user's playlists and return how many there were."""
    rows = delete(Playlist).where(Playlist.user_id == user.id)
    if playlist_id is not None:
        rows = rows.where(Playlist.id == playlist_id)
    with database.begin() as session:
        return session.execute(rows).rowcount
