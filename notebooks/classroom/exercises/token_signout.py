"""Exercise of lesson 06: a sign-out that ends a token in each of its spellings."""

import hashlib
import time
from collections.abc import Callable
from contextlib import suppress

from sqlalchemy.exc import IntegrityError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from classroom.attacks.forge import forgeries, unpacked
from classroom.checking.exercise import Exercise, Wrong
from classroom.checking.visit import Visit
from classroom.exchanges.exchange import Exchange
from classroom.exercises.token_read import cookie_with
from classroom.server.server import Server
from minisrv.auth import access_tokens, sessions
from minisrv.auth.access_tokens import Claims
from minisrv.auth.current_user import current_user, user_of
from minisrv.db import models
from minisrv.db.models import RevokedToken

BOTH = ["GET", "DELETE"]
_signed_out: set[object] = set()


def check(visit: Visit) -> None:
    """Ada signs out on one of two devices; then a copy of that token is sent, also respelled."""
    settings = Server.current.settings
    visit.seed("ada@trax.test", "no password")
    now = time.time()  # two devices may sign in within one second
    phone, laptop = (access_tokens.issue(1, settings.secret, 3600, now) for _ in range(2))
    expired = _ask(visit, access_tokens.issue(1, settings.secret, 3600, now - 7200))
    visit.expect(expired.status == 401, "a token that has expired is answered 401", expired)
    for token in (phone, laptop, phone):
        answer = _ask(visit, token)
        reason = "GET with a genuine token is answered 200 each time"
        visit.expect(answer.status == 200, reason, answer)
        visit.expect(answer.json().get("id") == 1, "GET answers the `id` of the account", answer)
    forged = _ask(visit, _changed(phone))
    visit.expect(forged.status == 401, "a changed payload is answered 401", forged)
    changed = _ask(visit, _changed(laptop), "DELETE")
    visit.expect(changed.status == 401, "DELETE with a changed payload is answered 401", changed)
    out = _ask(visit, phone, "DELETE")
    visit.expect(out.status < 300, "DELETE with a genuine token is answered from 200 on", out)
    again = _ask(visit, phone)
    visit.expect(again.status == 401, "a copy of a signed-out token is answered 401", again)
    respelled = _ask(visit, phone + "=")
    closed = respelled.status == 401
    visit.expect(closed, "a signed-out token with = at its end is answered 401", respelled)
    other = _ask(visit, laptop)
    visit.expect(other.status == 200, "Ada's other device stays signed in", other)
    elsewhere = visit.get("/api/playlists", cookie=cookie_with(phone))
    reason = "the server's other routes answer it with 401 too: the table is theirs as well"
    visit.expect(elsewhere.status == 401, reason, elsewhere)
    _remembers(visit, phone, laptop, int(now) + 3600)


def _remembers(visit: Visit, phone: str, laptop: str, ends: int) -> None:
    """Look at the row of `phone`, sign out with `laptop` as well, then lose the table."""
    rows = visit.stolen_table("revoked_tokens")
    kept = all(row["expires"] >= ends for row in rows)
    visit.expect(kept, "the row says `expires` of its token: before that it may not be forgotten")
    _ask(visit, laptop, "DELETE")
    for token in (phone, laptop):
        both = _ask(visit, token)
        visit.expect(both.status == 401, "two signed-out tokens are both answered 401", both)
    visit.sql("DROP TABLE revoked_tokens")
    tablet = access_tokens.issue(1, Server.current.settings.secret, 3600)
    lost = visit.even_if_it_raises(lambda: _ask(visit, tablet, "DELETE"))
    reason = "a sign-out that cannot be stored is the server's fault: a status from 500 on"
    visit.expect(lost.status >= 500, reason, lost)


def _changed(token: str) -> str:
    """Return the token with another account in its payload, under the old signature."""
    return forgeries(token, b"not needed for this one", "2")["changed payload"]


def _ask(visit: Visit, token: str, method: str = "GET") -> Exchange:
    return visit.send(method, "/api/me", cookie=cookie_with(token))


async def solution(request: Request) -> Response:
    token = request.cookies.get("TRAX_ACCESS_TOKEN", "")
    claims = access_tokens.read(token, request.app.state.settings.secret)
    user = await user_of(request, claims)  # NotSignedIn if the token is in revoked_tokens
    if request.method == "DELETE":
        row = RevokedToken(id=claims.token_id, expires=claims.expires)
        with suppress(IntegrityError):  # signed out twice at once: the row is there already
            models.add(request.app.state.database, row)
    return JSONResponse(user.public())


async def alternative(request: Request) -> Response:
    user = await current_user(request)
    if request.method == "DELETE":
        await sessions.end(request)  # revokes the token, and a family if there is one
    return JSONResponse(user.public())


def _deny(request: Request, mark_of: Callable[[str, Claims], object]) -> Response:
    """Respond as a deny list of such marks does; each check has its own database."""
    token = request.cookies.get("TRAX_ACCESS_TOKEN", "")
    claims = access_tokens.read(token, request.app.state.settings.secret)
    mark = (request.app.state.database, mark_of(token, claims))
    if mark in _signed_out:
        return JSONResponse({"error": "Please sign in."}, 401)
    if request.method == "DELETE":
        _signed_out.add(mark)
    return JSONResponse({"id": claims.user_id})


async def by_text(request: Request) -> Response:
    return _deny(request, lambda token, claims: hashlib.sha256(token.encode()).hexdigest())


async def by_owner(request: Request) -> Response:
    return _deny(request, lambda token, claims: claims.user_id)


async def cookie_only(request: Request) -> Response:
    response = _deny(request, lambda token, claims: object())  # which never comes again
    response.delete_cookie("TRAX_ACCESS_TOKEN")
    return response


async def in_one_process(request: Request) -> Response:
    return _deny(request, lambda token, claims: claims.token_id)


async def signs_out_without_verifying(request: Request) -> Response:
    token = request.cookies.get("TRAX_ACCESS_TOKEN", "")
    if request.method == "DELETE":  # before anything is verified
        token_id = unpacked(token.split(".")[1])["jti"]
        _signed_out.add((request.app.state.database, token_id))
        return JSONResponse({"goodbye": True})
    return _deny(request, lambda token, claims: claims.token_id)


FRAME = """\
from contextlib import suppress

from sqlalchemy.exc import IntegrityError

from minisrv.auth import access_tokens
from minisrv.auth.current_user import user_of
from minisrv.db import models
from minisrv.db.models import RevokedToken


@server.endpoint("me", methods=["GET", "DELETE"])
async def me_and_out(request):
    token = request.cookies.get("TRAX_ACCESS_TOKEN", "")
    claims = access_tokens.read(token, request.app.state.settings.secret)
    user = await user_of(request, claims)
    if request.method == "DELETE":
        row = RevokedToken(id=..., expires=...)
        with suppress(IntegrityError):
            models.add(request.app.state.database, row)
    return JSONResponse(user.public())
"""

EXERCISE = Exercise(
    id="token-signout",
    title="One token, two spellings",
    endpoint="me",
    check=check,
    hints=(
        "Can one token be written in two ways, and what is then the same in both?",
        "The signature covers header and payload, but not the padding at its own end.",
        "The first gap is claims.token_id, and the second is claims.expires.",
    ),
    solution=Route("/api/me", solution, methods=BOTH),
    alternative=Route("/api/me", alternative, methods=BOTH),
    wrong=tuple(
        Wrong(Route("/api/me", answer, methods=BOTH), reason)
        for answer, reason in (
            (by_text, "with = at its end"),
            (by_owner, "other device"),
            (signs_out_without_verifying, "DELETE with a changed payload"),
            (cookie_only, "a copy of a signed-out token"),
            (in_one_process, "the server's other routes"),
        )
    ),
    afterthought="A list of texts rejects texts. The signature protects the content:\n"
    "so take the id from inside the token. A list in memory ends with its process;\n"
    "the table is there for all of them.",
    stub="me_and_out",
    frame=FRAME,
)
