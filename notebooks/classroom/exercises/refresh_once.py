"""Exercise of lesson 10: exchange a refresh token so that exactly one new token follows."""

import asyncio
import base64
import hashlib
import time
from collections.abc import Callable

from sqlalchemy import select, update
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import Response

from classroom.checking.exercise import Exercise, Wrong
from classroom.checking.visit import Visit, cookies_set_by
from classroom.exchanges.exchange import Exchange
from classroom.weak_routes.refresh import digest, new_token, renewed, sent_tokens
from minisrv.db.models import RefreshToken
from minisrv.errors import TokenReused

ACCESS, REFRESH = "__Host-TRAX_ACCESS_TOKEN", "__Host-TRAX_REFRESH_TOKEN"
ADA = {"email": "ada@trax.test", "password": "midnight train to georgia"}
OVERTAKE = "UPDATE refresh_tokens SET digest = 'of a token that another process issued'"
_one_at_a_time = asyncio.Lock()


def check(visit: Visit) -> None:
    """Ada renews twice, then with invalid tokens, then while another process renews."""
    visit.sign_up(**ADA)
    start = remembered(visit)
    (before,) = visit.stolen_table("refresh_tokens")
    first = visit.post("/api/refresh", start)
    visit.expect(first.status == 200, "the current token is answered 200", first)
    given = refresh_token(first)
    visit.expect(given, f"the answer sets the cookie {REFRESH}", first)
    visit.expect(given != refresh_token(start), "it sets a new refresh token, not the same", first)
    secret = given not in _computed(refresh_token(start))
    visit.expect(secret, "a thief of the old token cannot compute the new one from it", first)
    me = visit.get("/api/me", first)
    visit.expect(me.status == 200, "the new access token works at /api/me", me)
    second = visit.post("/api/refresh", first)
    visit.expect(second.status == 200, "the new refresh token works for the next exchange", second)
    (after,) = visit.stolen_table("refresh_tokens")
    kept = after["expires"] == before["expires"]
    visit.expect(kept, "an exchange does not extend the family (expires)", second)
    old = visit.post("/api/refresh", start)
    visit.expect(old.status == 401, "a token that was exchanged before is answered 401", old)
    start = remembered(visit)
    made_up = cookies_set_by(start).replace(refresh_token(start), "a" * 43)
    wrong = visit.post("/api/refresh", made_up)
    visit.expect(wrong.status == 401, "a token that was never issued is answered 401", wrong)
    phone, start = remembered(visit), remembered(visit)
    access = cookies_set_by(phone).partition("; ")[0]
    mixed = visit.post("/api/refresh", f"{access}; {REFRESH}={refresh_token(start)}")
    alone = "a token beside the access token of another sign-in is answered 401"
    visit.expect(mixed.status == 401, alone, mixed)
    late = visit.overtaken_by(OVERTAKE, "refresh_tokens", lambda: visit.post("/api/refresh", start))
    faster = "a token that another process has exchanged since you checked is answered 401"
    visit.expect(late.status == 401, faster, late)
    _other_digests(visit)
    laptop = remembered(visit)
    visit.post("/api/signout", laptop)
    ended = visit.post("/api/refresh", laptop)
    visit.expect(ended.status == 401, "a token of a session that has ended is answered 401", ended)
    whole = visit.post("/api/refresh", remembered(visit))
    plain = refresh_token(whole) in str(visit.stolen_table("refresh_tokens"))
    visit.expect(not plain, "the table holds the digest of the new token, and not the token", whole)


def _computed(old: str) -> set[str]:
    """Return the texts that somebody who has the old token would compute first."""
    made = {old[::-1], old.swapcase()}
    for source in (old, digest(old)):
        for name in ("md5", "sha1", "sha256", "sha384", "sha512", "sha3_256", "blake2b"):
            found = hashlib.new(name, source.encode())
            plain = base64.urlsafe_b64encode(found.digest()).decode()
            made |= {found.hexdigest(), plain, plain.rstrip("=")}
    return made | {one[: len(old)] for one in made}


def _other_digests(visit: Visit) -> None:
    """Put digests into the table that agree with the token's in one half."""
    for half in ("substr(digest, 1, 32) || '{}'", "'{}' || substr(digest, 33)"):
        start = remembered(visit)
        visit.sql(f"UPDATE refresh_tokens SET digest = {half.format('0' * 32)}")
        answer = visit.post("/api/refresh", start)
        visit.expect(answer.status == 401, "the whole digest of a token must be the same", answer)


def remembered(visit: Visit) -> Exchange:
    """Sign Ada in with `remember`; each call starts another session."""
    return visit.post("/api/signin", json=ADA | {"remember": True})


def refresh_token(exchange: Exchange) -> str:
    """Return the refresh token that the response set, or ""."""
    pairs = [pair.partition("=") for pair in cookies_set_by(exchange).split("; ")]
    return dict((name, value) for name, _, value in pairs).get(REFRESH, "")


async def solution(request: Request) -> Response:
    family, old = sent_tokens(request)
    new = new_token()
    with request.app.state.database.begin() as session:
        change = update(RefreshToken).where(RefreshToken.family == family)
        change = change.where(RefreshToken.digest == digest(old))
        change = change.values(digest=digest(new))
        row = session.scalar(change.returning(RefreshToken))
    if row is None:
        raise TokenReused
    return renewed(request, row, new)


async def alternative(request: Request) -> Response:
    database, (family, old), new = request.app.state.database, sent_tokens(request), new_token()
    with database.begin() as session:
        family_row = update(RefreshToken).where(RefreshToken.family == family)
        current = family_row.where(RefreshToken.digest == digest(old))
        changed = session.execute(current.values(digest=digest(new))).rowcount
        row = session.get(RefreshToken, family)
    if changed != 1 or row is None:
        raise TokenReused
    return renewed(request, row, new)


def _looking(
    request: Request, change: Callable[[Session, RefreshToken, str], str], any_token: bool = False
) -> Response:
    """Check first; then let `change` store a new token, and respond with what it returns."""
    family, old = sent_tokens(request)
    with request.app.state.database.begin() as session:
        row = session.scalar(select(RefreshToken).where(RefreshToken.family == family))
        if row is None or not (any_token or row.digest == digest(old)):
            raise TokenReused
        token = change(session, row, new_token())
    return renewed(request, row, token)


def _write(session: Session, row: RefreshToken, new: str) -> str:
    row.digest = digest(new)
    return new


async def look_then_write(request: Request) -> Response:
    return _looking(request, _write)


async def one_at_a_time(request: Request) -> Response:
    async with _one_at_a_time:  # in this process; the other process has its own lock
        return _looking(request, _write)


async def any_token_at_all(request: Request) -> Response:
    return _looking(request, _write, any_token=True)


async def for_ever(request: Request) -> Response:
    return _looking(request, lambda session, row, new: sent_tokens(request)[1])


async def never_stored(request: Request) -> Response:
    return _looking(request, lambda session, row, new: new)


async def of_any_family(request: Request) -> Response:
    (_, old), new = sent_tokens(request), new_token()
    with request.app.state.database.begin() as session:
        exchange = update(RefreshToken).where(RefreshToken.digest == digest(old))
        row = session.scalar(exchange.values(digest=digest(new)).returning(RefreshToken))
    if row is None:
        raise TokenReused
    return renewed(request, row, new)


async def a_month_from_now(request: Request) -> Response:
    (family, old), new = sent_tokens(request), new_token()
    current = (RefreshToken.family == family, RefreshToken.digest == digest(old))
    values = {"digest": digest(new), "expires": int(time.time()) + 31 * 24 * 3600}
    with request.app.state.database.begin() as session:
        exchange = update(RefreshToken).where(*current).values(**values)
        row = session.scalar(exchange.returning(RefreshToken))
    if row is None:
        raise TokenReused
    return renewed(request, row, new)


FRAME = """\
from sqlalchemy import update

from classroom.weak_routes.refresh import digest, new_token, renewed, sent_tokens
from minisrv.db.models import RefreshToken
from minisrv.errors import TokenReused


@server.endpoint("refresh")
async def refresh_of_mine(request):
    family, old = sent_tokens(request)
    new = new_token()
    with request.app.state.database.begin() as session:
        change = update(RefreshToken).where(RefreshToken.family == family)
        change = change.where(RefreshToken.digest == ...)
        change = change.values(digest=...)
        row = session.scalar(change.returning(RefreshToken))
    if row is None:
        ...  # someone else was faster: answer 401
    return renewed(request, row, new)
"""

EXERCISE = Exercise(
    id="refresh-once",
    title="One token follows",
    endpoint="refresh",
    check=check,
    hints=(
        "What can happen between the moment you check and the moment you write?",
        "The row of the family has the digest of the current token, and no token itself.",
        "The gaps are digest(old), digest(new), and raise TokenReused.",
    ),
    solution=solution,
    alternative=alternative,
    wrong=(
        Wrong(look_then_write, "since you checked"),
        Wrong(one_at_a_time, "another process"),
        Wrong(any_token_at_all, "exchanged before"),
        Wrong(for_ever, "a new refresh token"),
        Wrong(never_stored, "the next exchange"),
        Wrong(of_any_family, "of another sign-in"),
        Wrong(a_month_from_now, "extend the family"),
    ),
    afterthought="The database is the one place where all processes meet.\n"
    "So let it decide: compare and set, in one statement.",
    stub="refresh_of_mine",
    frame=FRAME,
)
