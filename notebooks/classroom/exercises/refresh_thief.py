"""Exercise of lesson 10: an old refresh token is used again, so its family ends, and no other."""

import asyncio

from sqlalchemy import delete
from starlette.requests import Request
from starlette.responses import Response

from classroom.checking.exercise import Exercise, Wrong
from classroom.checking.visit import Visit
from classroom.exercises.refresh_once import ADA, remembered
from classroom.weak_routes.refresh import digest, exchange, new_token, renewed, sent_tokens
from minisrv.auth import refresh_tokens
from minisrv.db.models import RefreshToken
from minisrv.errors import TokenReused


def check(visit: Visit) -> None:
    """Mallory uses a copy of the laptop's cookies, too late; the phone stays signed in."""
    visit.sign_up(**ADA)
    laptop, phone = remembered(visit), remembered(visit)
    first = visit.post("/api/refresh", laptop)
    visit.expect(first.status == 200, "the current token is answered 200", first)
    newest = visit.post("/api/refresh", first)
    visit.expect(newest.status == 200, "the token after it is answered 200", newest)
    stolen = visit.post("/api/refresh", laptop)
    visit.expect(stolen.status == 401, "a token that was exchanged before is answered 401", stolen)
    again = visit.post("/api/refresh", newest)
    visit.expect(again.status == 401, "after that the newest token is answered 401 too", again)
    me = visit.get("/api/me", newest)
    visit.expect(me.status == 401, "the newest access token is answered 401 at /api/me", me)
    tablet = remembered(visit)
    newest = visit.post("/api/refresh", tablet)
    stolen = visit.post("/api/refresh", tablet)
    visit.expect(stolen.status == 401, "the token before the newest is answered 401", stolen)
    again = visit.post("/api/refresh", newest)
    visit.expect(again.status == 401, "after that the newest token is answered 401 too", again)
    other = visit.post("/api/refresh", phone)
    visit.expect(other.status == 200, "Ada's phone, another sign-in, stays signed in", other)
    back = visit.post("/api/refresh", remembered(visit))
    visit.expect(back.status == 200, "Ada signs in again, and renews", back)


async def solution(request: Request) -> Response:
    database = request.app.state.database
    family, old = sent_tokens(request)
    new = new_token()
    row = await asyncio.to_thread(exchange, database, family, digest(old), digest(new))
    if row is None:
        await asyncio.to_thread(refresh_tokens.revoke, database, family)
        raise TokenReused
    return renewed(request, row, new)


async def alternative(request: Request) -> Response:
    database, (family, old), new = request.app.state.database, sent_tokens(request), new_token()
    row = exchange(database, family, digest(old), digest(new))
    with database.begin() as session:
        if row is None:
            session.execute(delete(RefreshToken).where(RefreshToken.family == family))
    if row is None:  # outside of the `with`: an exception in it rolls the delete back
        raise TokenReused
    return renewed(request, row, new)


async def only_refused(request: Request) -> Response:
    family, old = sent_tokens(request)
    new = new_token()
    row = exchange(request.app.state.database, family, digest(old), digest(new))
    if row is None:
        raise TokenReused
    return renewed(request, row, new)


async def taken_back(request: Request) -> Response:
    database, (family, old), new = request.app.state.database, sent_tokens(request), new_token()
    row = exchange(database, family, digest(old), digest(new))
    with database.begin() as session:
        if row is None:
            session.execute(delete(RefreshToken).where(RefreshToken.family == family))
            raise TokenReused  # rolls back: the family is there again
    return renewed(request, row, new)


async def all_her_families(request: Request) -> Response:
    database, (family, old), new = request.app.state.database, sent_tokens(request), new_token()
    row = exchange(database, family, digest(old), digest(new))
    if row is None:
        with database.begin() as session:
            found = session.get(RefreshToken, family)
            owner = found.user_id if found else 0
            session.execute(delete(RefreshToken).where(RefreshToken.user_id == owner))
        raise TokenReused
    return renewed(request, row, new)


async def without_an_error(request: Request) -> Response:
    database, (family, old), new = request.app.state.database, sent_tokens(request), new_token()
    row = exchange(database, family, digest(old), digest(new))
    if row is None:
        refresh_tokens.revoke(database, family)
        return Response(status_code=204)
    return renewed(request, row, new)


FRAME = """\
import asyncio

from classroom.weak_routes.refresh import digest, exchange, new_token, renewed, sent_tokens
from minisrv.auth import refresh_tokens
from minisrv.errors import TokenReused


@server.endpoint("refresh")
async def refresh_against_thieves(request):
    database = request.app.state.database
    family, old = sent_tokens(request)
    new = new_token()
    row = await asyncio.to_thread(exchange, database, family, digest(old), digest(new))
    if row is None:
        ...  # no token of this family may be good from now on
        ...  # answer 401
    return renewed(request, row, new)
"""

EXERCISE = Exercise(
    id="refresh-thief",
    title="Two have it",
    endpoint="refresh",
    check=check,
    hints=(
        "When an old token is used again, who else may have the newest one?",
        "All tokens of one sign-in are valid only as long as its one row exists.",
        "The gaps are refresh_tokens.revoke(database, family), and after it raise TokenReused.",
    ),
    solution=solution,
    alternative=alternative,
    wrong=(
        Wrong(only_refused, "the newest token"),
        Wrong(taken_back, "the newest token"),
        Wrong(all_her_families, "phone"),
        Wrong(without_an_error, "is answered 401"),
    ),
    afterthought="To reject the old token stops only the second of the two who have it.\n"
    "The thief may be the first. So end the session of both.",
    stub="refresh_against_thieves",
    frame=FRAME,
)
