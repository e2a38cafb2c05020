"""Answers to token-signout: other ways to end a token, and ways that leave it alive somewhere."""

import hashlib
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from classroom.attacks.forge import unpacked
from classroom.checking.exercise import Wrong
from minisrv.auth import access_tokens, sessions
from minisrv.auth.access_tokens import Claims
from minisrv.auth.current_user import current_claims, user_of
from minisrv.db.models import RevokedToken, User
from minisrv.errors import NotSignedIn

Endpoint = Callable[[Request], Awaitable[Response]]
ENDED: set[tuple[object, object]] = set()


def route(endpoint: Endpoint) -> Route:
    return Route("/api/me", endpoint, methods=["GET", "DELETE"])


def read(request: Request) -> tuple[str, Claims]:
    token = request.cookies.get("TRAX_ACCESS_TOKEN", "")
    return token, access_tokens.read(token, request.app.state.settings.secret)


async def goodbye(request: Request, claims: Claims) -> Response:
    """Return the account for GET, and what says that it has ended for DELETE."""
    if request.method == "DELETE":
        return JSONResponse({"message": "Goodbye."})
    with request.app.state.database() as session:
        return JSONResponse(session.get(User, claims.user_id).public())


def revoked(request: Request, row_id: str) -> bool:
    with request.app.state.database() as session:
        return session.get(RevokedToken, row_id) is not None


def revoke(request: Request, row_id: str, claims: Claims) -> None:
    with suppress(IntegrityError), request.app.state.database.begin() as session:
        session.add(RevokedToken(id=row_id, expires=claims.expires))


def ending(end: Callable[[Request, Claims], None]) -> Endpoint:
    """Return an endpoint that calls `end` to sign out, and is right if that is."""

    async def me(request: Request) -> Response:
        _, claims = read(request)
        user = await user_of(request, claims)
        if request.method == "DELETE":
            end(request, claims)
        return JSONResponse(user.public())

    me.__name__ = end.__name__
    return me


# Right.


async def ends_the_session(request: Request) -> Response:
    _, claims = read(request)
    user = await user_of(request, claims)
    if request.method == "DELETE":
        await sessions.end(request)
        return Response(status_code=204)
    return JSONResponse(user.public())


@ending
def revokes_in_one_statement(request: Request, claims: Claims) -> None:
    row = insert(RevokedToken).values(id=claims.token_id, expires=claims.expires)
    with request.app.state.database.begin() as session:
        session.execute(row.on_conflict_do_nothing())


async def looks_at_the_table_itself(request: Request) -> Response:
    _, claims = read(request)
    with request.app.state.database() as session:
        known = session.scalar(select(RevokedToken.id).where(RevokedToken.id == claims.token_id))
        user = session.get(User, claims.user_id)
    if known or user is None:
        raise NotSignedIn
    if request.method == "DELETE":
        revoke(request, claims.token_id, claims)
    return JSONResponse(user.public())


# Wrong.


def remembering(mark_of: Callable[[str, Claims], object], name: str) -> Endpoint:
    """Return an endpoint that remembers, in this process, marks of the tokens that ended."""

    async def me(request: Request) -> Response:
        token, claims = read(request)
        mark = (request.app.state.database, mark_of(token, claims))
        if mark in ENDED:
            raise NotSignedIn
        if request.method == "DELETE":
            ENDED.add(mark)
        return await goodbye(request, claims)

    me.__name__ = name
    return me


async def stores_the_text_as_a_hash(request: Request) -> Response:
    token, claims = read(request)
    digest = hashlib.sha256(token.encode()).hexdigest()
    if revoked(request, digest):
        raise NotSignedIn
    if request.method == "DELETE":
        revoke(request, digest, claims)
    return await goodbye(request, claims)


async def looks_only_when_signing_out(request: Request) -> Response:
    _, claims = read(request)
    if request.method == "DELETE":
        await user_of(request, claims)
        revoke(request, claims.token_id, claims)
    return await goodbye(request, claims)


@ending
def ends_the_account(request: Request, claims: Claims) -> None:
    with request.app.state.database.begin() as session:
        session.delete(session.get(User, claims.user_id))


async def ends_what_is_not_verified(request: Request) -> Response:
    token = request.cookies.get("TRAX_ACCESS_TOKEN", "")
    if request.method == "DELETE":
        payload = unpacked(token.split(".")[1])
        revoke(request, payload["jti"], Claims(1, payload["jti"], payload["exp"]))
        return Response(status_code=204)
    return JSONResponse((await user_of(request, read(request)[1])).public())


async def ends_with_each_question(request: Request) -> Response:
    _, claims = read(request)
    user = await user_of(request, claims)
    revoke(request, claims.token_id, claims)
    return JSONResponse(user.public())


async def asks_the_browser_to_forget(request: Request) -> Response:
    _, claims = read(request)
    response = await goodbye(request, claims)
    if request.method == "DELETE":
        response.headers["Clear-Site-Data"] = '"cookies"'
    return response


async def says_it_in_the_body_alone(request: Request) -> Response:
    _, claims = read(request)
    if revoked(request, claims.token_id):
        return JSONResponse({"error": "Please sign in."})
    if request.method == "DELETE":
        revoke(request, claims.token_id, claims)
    return await goodbye(request, claims)


@ending
def remembers_the_last_alone(request: Request, claims: Claims) -> None:
    with request.app.state.database.begin() as session:
        session.execute(delete(RevokedToken))
    revoke(request, claims.token_id, claims)


@ending
def may_be_forgotten_at_once(request: Request, claims: Claims) -> None:
    revoke(request, claims.token_id, replace(claims, expires=int(time.time())))


async def lets_expired_tokens_in(request: Request) -> Response:
    claims = current_claims(request, allow_expired=True)
    user = await user_of(request, claims)
    if request.method == "DELETE":
        revoke(request, claims.token_id, claims)
    return JSONResponse(user.public())


async def says_goodbye_all_the_same(request: Request) -> Response:
    try:
        user = await user_of(request, read(request)[1])
        if request.method == "DELETE":
            await sessions.end(request)
    except SQLAlchemyError:
        return JSONResponse({"message": "Goodbye."})
    return JSONResponse(user.public())


async def names_nobody(request: Request) -> Response:
    await user_of(request, read(request)[1])
    if request.method == "DELETE":
        await sessions.end(request)
    return JSONResponse({"signed_in": True})


RIGHT = tuple(map(route, (ends_the_session, revokes_in_one_statement, looks_at_the_table_itself)))
MARKS = (
    ("by_number_and_end", lambda token, claims: (claims.user_id, claims.expires), "other device"),
    ("by_number", lambda token, claims: claims.user_id, "other device"),
    ("by_small_letters", lambda token, claims: token.lower(), "with = at its end"),
    ("by_jti_in_memory", lambda token, claims: claims.token_id, "the server's other routes"),
    ("by_bare_text", lambda token, claims: token.rstrip("="), "the server's other routes"),
)
REASONS = {
    **{remembering(mark_of, name): reason for name, mark_of, reason in MARKS},
    stores_the_text_as_a_hash: "with = at its end",
    looks_only_when_signing_out: "a copy of a signed-out token",
    ends_the_account: "other device",
    ends_what_is_not_verified: "DELETE with a changed payload",
    ends_with_each_question: "answered 200 each time",
    asks_the_browser_to_forget: "a copy of a signed-out token",
    says_it_in_the_body_alone: "a copy of a signed-out token",
    remembers_the_last_alone: "two signed-out tokens are both answered 401",
    may_be_forgotten_at_once: "the row says `expires` of its token",
    lets_expired_tokens_in: "a token that has expired",
    says_goodbye_all_the_same: "a sign-out that cannot be stored",
    names_nobody: "the `id` of the account",
}
WRONG = tuple(Wrong(route(endpoint), reason) for endpoint, reason in REASONS.items())
