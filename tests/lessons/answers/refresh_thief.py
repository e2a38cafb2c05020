"""More answers to `refresh-thief`; the wrong ones try to get past the check."""

import asyncio
from collections.abc import Awaitable, Callable

from sqlalchemy import delete, text, update
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from classroom.checking.exercise import Wrong
from classroom.weak_routes.refresh import digest, exchange, new_token, renewed, sent_tokens
from classroom.weak_routes.signout import deny
from minisrv.auth import refresh_tokens, sessions
from minisrv.auth.current_user import current_claims
from minisrv.db.models import Database, RefreshToken
from minisrv.errors import TokenReused
from minisrv.routes.refresh import refresh as ours

Punish = Callable[[Request, Database, str], Awaitable[Response | None]]


def punishing(punish: Punish) -> Callable[[Request], Awaitable[Response]]:
    """Return a route that calls `punish` for an old token; if that returns None, it raises."""

    async def refresh(request: Request) -> Response:
        database, (family, old), new = request.app.state.database, sent_tokens(request), new_token()
        row = await asyncio.to_thread(exchange, database, family, digest(old), digest(new))
        if row is not None:
            return renewed(request, row, new)
        answer = await punish(request, database, family)
        if answer is None:
            raise TokenReused
        return answer

    return refresh


async def ends_the_session(request: Request, _database: Database, _family: str) -> None:
    await sessions.end(request)


async def by_sql(_request: Request, database: Database, family: str) -> None:
    with database.begin() as session:
        session.execute(text("DELETE FROM refresh_tokens WHERE family = :f"), {"f": family})


async def answers_itself(_request: Request, database: Database, family: str) -> Response:
    refresh_tokens.revoke(database, family)
    return JSONResponse({"error": "Please sign in again."}, 401)


async def blanks_the_digest(_request: Request, database: Database, family: str) -> None:
    with database.begin() as session:
        own = update(RefreshToken).where(RefreshToken.family == family)
        session.execute(own.values(digest=""))


async def lets_it_expire(_request: Request, database: Database, family: str) -> None:
    with database.begin() as session:
        own = update(RefreshToken).where(RefreshToken.family == family)
        session.execute(own.values(expires=0))


async def by_the_old_token(request: Request, database: Database, _family: str) -> None:
    refresh_tokens.revoke_by(database, sent_tokens(request)[1])


async def only_this_access_token(request: Request, database: Database, _family: str) -> None:
    deny(database, current_claims(request, allow_expired=True))


async def everybody(_request: Request, database: Database, _family: str) -> None:
    with database.begin() as session:
        session.execute(delete(RefreshToken))


async def later(request: Request, database: Database, family: str) -> None:
    async def revoke() -> None:
        await asyncio.sleep(1)
        await asyncio.to_thread(refresh_tokens.revoke, database, family)

    state = request.app.state
    state.later = {*getattr(state, "later", ()), asyncio.create_task(revoke())}


async def forbids(_request: Request, database: Database, family: str) -> Response:
    refresh_tokens.revoke(database, family)
    return JSONResponse({"error": "A thief!"}, 403)


def _at_the_second_time() -> Punish:
    seen: set[str] = set()

    async def punish(_request: Request, database: Database, family: str) -> None:
        if family in seen:
            refresh_tokens.revoke(database, family)
        seen.add(family)

    return punish


RIGHT = (punishing(ends_the_session), punishing(by_sql), punishing(answers_itself))
WRONG = (
    Wrong(ours, "a token that was exchanged before"),  # has a grace
    Wrong(punishing(blanks_the_digest), "the newest access token"),
    Wrong(punishing(lets_it_expire), "the newest token"),
    Wrong(punishing(by_the_old_token), "the newest token"),
    Wrong(punishing(only_this_access_token), "the newest token"),
    Wrong(punishing(everybody), "Ada's phone"),
    Wrong(punishing(later), "the newest token"),
    Wrong(punishing(forbids), "is answered 401"),
    Wrong(punishing(_at_the_second_time()), "the newest token"),
)
