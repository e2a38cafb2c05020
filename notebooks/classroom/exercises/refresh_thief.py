"""Exercise of lesson 08: an old refresh token comes back, so its family ends, and no other."""

import asyncio

from sqlalchemy import delete
from starlette.requests import Request
from starlette.responses import Response

from classroom.checking.exercise import Exercise, Wrong
from classroom.checking.visit import Visit
from classroom.exercises.refresh_once import ADA, remembered
from classroom.weak_routes.refresh import asked, digest, exchange, new_token, renewed
from minisrv.auth import refresh_tokens
from minisrv.db.models import RefreshToken
from minisrv.errors import TokenReused


def check(visit: Visit) -> None:
    """Mallory has a copy of the laptop's cookies, and is too late; the phone is not concerned."""
    visit.sign_up(**ADA)
    laptop, phone = remembered(visit), remembered(visit)
    first = visit.post("/api/refresh", laptop)
    visit.expect(first.status == 200, "the present token is answered 200", first)
    newest = visit.post("/api/refresh", first)
    visit.expect(newest.status == 200, "the token after it is answered 200", newest)
    stolen = visit.post("/api/refresh", laptop)
    visit.expect(stolen.status == 401, "a token that was exchanged before is answered 401", stolen)
    again = visit.post("/api/refresh", newest)
    visit.expect(again.status == 401, "after that the newest token is answered 401 too", again)
    me = visit.get("/api/me", newest)
    visit.expect(me.status == 401, "the newest access token is answered 401 at /api/me", me)
    other = visit.post("/api/refresh", phone)
    visit.expect(other.status == 200, "Ada's phone, another sign-in, goes on", other)


async def solution(request: Request) -> Response:
    database, (family, old), new = request.app.state.database, asked(request), new_token()
    row = await asyncio.to_thread(exchange, database, family, digest(old), digest(new))
    if row is None:
        await asyncio.to_thread(refresh_tokens.revoke, database, family)
        raise TokenReused
    return renewed(request, row, new)


async def alternative(request: Request) -> Response:
    database, (family, old), new = request.app.state.database, asked(request), new_token()
    row = exchange(database, family, digest(old), digest(new))
    with database.begin() as session:
        if row is None:
            session.execute(delete(RefreshToken).where(RefreshToken.family == family))
    if row is None:  # outside of the `with`: an exception in it would take the delete back
        raise TokenReused
    return renewed(request, row, new)


async def only_refused(request: Request) -> Response:
    family, old = asked(request)
    new = new_token()
    row = exchange(request.app.state.database, family, digest(old), digest(new))
    if row is None:
        raise TokenReused
    return renewed(request, row, new)


async def taken_back(request: Request) -> Response:
    database, (family, old), new = request.app.state.database, asked(request), new_token()
    row = exchange(database, family, digest(old), digest(new))
    with database.begin() as session:
        if row is None:
            session.execute(delete(RefreshToken).where(RefreshToken.family == family))
            raise TokenReused  # rolls back: the family is there again
    return renewed(request, row, new)


async def all_of_hers(request: Request) -> Response:
    database, (family, old), new = request.app.state.database, asked(request), new_token()
    row = exchange(database, family, digest(old), digest(new))
    if row is None:
        with database.begin() as session:
            found = session.get(RefreshToken, family)
            owner = found.user_id if found else 0
            session.execute(delete(RefreshToken).where(RefreshToken.user_id == owner))
        raise TokenReused
    return renewed(request, row, new)


async def without_a_word(request: Request) -> Response:
    database, (family, old), new = request.app.state.database, asked(request), new_token()
    row = exchange(database, family, digest(old), digest(new))
    if row is None:
        refresh_tokens.revoke(database, family)
        return Response(status_code=204)
    return renewed(request, row, new)


EXERCISE = Exercise(
    id="refresh-thief",
    title="Two have it",
    endpoint="refresh",
    check=check,
    hints=(
        "Ask who else may hold a token, once an old one has come back.",
        "All tokens of one sign-in stand and fall with its one row.",
        "Call refresh_tokens.revoke(database, family) before you raise, in no open transaction.",
    ),
    solution=solution,
    alternative=alternative,
    wrong=(
        Wrong(only_refused, "the newest token"),
        Wrong(taken_back, "the newest token"),
        Wrong(all_of_hers, "phone"),
        Wrong(without_a_word, "is answered 401"),
    ),
    afterthought="To refuse the old token stops whoever came second.\n"
    "The thief may be the one who came first: so end what both of them have.",
)
