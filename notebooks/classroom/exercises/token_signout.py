"""Exercise of lesson 05: a sign-out that ends a token in each of its spellings."""

import hashlib
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from classroom.attacks.forge import forgeries, unpacked
from classroom.checking.exercise import Exercise, Wrong
from classroom.checking.visit import Visit
from classroom.exchanges.exchange import Exchange
from classroom.server.server import Server
from minisrv.auth import access_tokens
from minisrv.auth.access_tokens import Claims
from minisrv.db.models import RevokedToken

BOTH = ["GET", "DELETE"]
SIGNED_OUT: dict[str, int] = {}  # in one process: two servers need a table
_signed_out: set[object] = set()


def check(visit: Visit) -> None:
    """Ada signs out on one of two devices; then a copy of that token is sent, also respelled."""
    key = Server.current.settings.secret
    visit.seed("ada@trax.test", "no password")
    phone, laptop = (access_tokens.issue(1, key, 3600) for _ in range(2))
    for token in (phone, laptop):
        answer = _ask(visit, token)
        visit.expect(answer.status == 200, "GET with a genuine token is answered 200", answer)
    forged = _ask(visit, forgeries(phone, key.encode(), "2")["changed payload"])
    visit.expect(forged.status == 401, "a changed payload is answered 401", forged)
    changed = _ask(visit, forgeries(laptop, key.encode(), "2")["changed payload"], "DELETE")
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


def _ask(visit: Visit, token: str, method: str = "GET") -> Exchange:
    return visit.send(method, "/api/me", cookie=f"TRAX_ACCESS_TOKEN={token}")


async def solution(request: Request) -> Response:
    database = request.app.state.database
    token = request.cookies.get("TRAX_ACCESS_TOKEN", "")
    claims = access_tokens.read(token, request.app.state.settings.secret)
    with database.begin() as session:
        if session.get(RevokedToken, claims.token_id):
            return JSONResponse({"error": "Please sign in."}, 401)
        if request.method == "DELETE":
            session.add(RevokedToken(id=claims.token_id, expires=claims.expires))
    return JSONResponse({"id": claims.user_id})


async def alternative(request: Request) -> Response:
    token = request.cookies.get("TRAX_ACCESS_TOKEN", "")
    claims = access_tokens.read(token, request.app.state.settings.secret)
    if claims.token_id in SIGNED_OUT:
        return JSONResponse({"error": "Please sign in."}, 401)
    if request.method == "DELETE":
        SIGNED_OUT[claims.token_id] = claims.expires
    return JSONResponse({"id": claims.user_id})


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


async def signs_out_without_verifying(request: Request) -> Response:
    token = request.cookies.get("TRAX_ACCESS_TOKEN", "")
    if request.method == "DELETE":  # before anything is verified
        token_id = unpacked(token.split(".")[1])["jti"]
        _signed_out.add((request.app.state.database, token_id))
        return JSONResponse({"goodbye": True})
    return _deny(request, lambda token, claims: claims.token_id)


EXERCISE = Exercise(
    id="token-signout",
    title="One token, two spellings",
    endpoint="me",
    check=check,
    hints=(
        "What is in your list, and can one token be written in two ways?",
        "The signature covers header and payload, but not the padding at its own end.",
        "Verify first, with access_tokens.read, then keep and look up claims.token_id.",
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
        )
    ),
    afterthought="A list of texts rejects texts. The signature protects the content:\n"
    "so take the id from inside the token.",
)
