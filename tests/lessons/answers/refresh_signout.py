"""More answers to `refresh-signout`; the wrong ones try to get past the check."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from urllib.parse import urlsplit

import jwt
from sqlalchemy import delete
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from classroom.checking.exercise import Wrong
from classroom.weak_routes.signout import cleared, deny
from minisrv.auth import csrf, refresh_tokens, sessions
from minisrv.auth.current_user import current_claims
from minisrv.db.models import RefreshToken
from minisrv.errors import CrossSiteRequest, NotSignedIn
from minisrv.routes.signout import signout as ours

ACCESS = "__Host-TRAX_ACCESS_TOKEN"
Step = Callable[[Request], Awaitable[None]]


async def _same_origin(request: Request) -> None:
    csrf.same_origin_only(request)


def signing_out(guard: Step = _same_origin, end: Step = sessions.end) -> Callable:
    """Return a sign-out that calls `guard`, then `end`, and clears both cookies."""

    async def signout(request: Request) -> Response:
        await guard(request)
        await end(request)
        return cleared(request)

    return signout


async def guarded_ours(request: Request) -> Response:
    """The server's own, which has its guard around it in the table of routes only."""
    csrf.same_origin_only(request)
    return await ours(request)


async def fail_closed(request: Request) -> None:
    if request.headers.get("sec-fetch-site") != "same-origin":
        if request.headers.get("origin") != f"http://{request.headers['host']}":
            raise CrossSiteRequest
        if request.headers.get("sec-fetch-site"):
            raise CrossSiteRequest


async def by_rows(request: Request) -> None:
    with suppress(NotSignedIn):
        claims = current_claims(request, allow_expired=True)
        deny(request.app.state.database, claims)
        with request.app.state.database.begin() as session:
            own = RefreshToken.family == claims.family
            session.execute(delete(RefreshToken).where(own))


async def clears_before_it_asks(request: Request) -> Response:
    """Refuse pages of other origins, and clear the cookies all the same."""
    answer = cleared(request)
    try:
        csrf.same_origin_only(request)
    except CrossSiteRequest:
        answer.status_code = 403
        return answer
    await sessions.end(request)
    return answer


async def ends_before_it_asks(request: Request) -> Response:
    await sessions.end(request)
    csrf.same_origin_only(request)
    return cleared(request)


async def host_and_port(request: Request) -> None:
    origin = request.headers.get("origin", "")
    if urlsplit(origin).netloc != request.headers["host"]:
        raise CrossSiteRequest


async def no_stranger(request: Request) -> None:
    if request.headers.get("sec-fetch-site") == "cross-site":
        raise CrossSiteRequest


async def no_form(request: Request) -> None:
    if request.headers.get("sec-fetch-mode") == "navigate":
        raise CrossSiteRequest


async def believes_any_signature(request: Request) -> None:
    """End the family that the token names, without a look at its signature."""
    token = request.cookies.get(ACCESS, "")
    claims = jwt.decode(token, options={"verify_signature": False, "verify_exp": False})
    refresh_tokens.revoke(request.app.state.database, claims.get("sid", ""))
    await sessions.end(request)


async def only_the_family(request: Request) -> None:
    with suppress(NotSignedIn):
        family = current_claims(request, allow_expired=True).family
        refresh_tokens.revoke(request.app.state.database, family or "")


def named(by: Callable[[Request], Awaitable[dict]]) -> Step:
    """Return a step that also ends the family that the request names."""

    async def end(request: Request) -> None:
        await sessions.end(request)
        named = await by(request)
        refresh_tokens.revoke(request.app.state.database, str(named.get("family", "")))

    return end


async def _query(request: Request) -> dict:
    return dict(request.query_params)


async def _body(request: Request) -> dict:
    return await request.json() if await request.body() else {}


async def all_families(request: Request) -> None:
    await sessions.end(request)
    with request.app.state.database.begin() as session:
        session.execute(delete(RefreshToken))


async def nothing(request: Request) -> None: ...


async def keeps_the_cookies(request: Request) -> Response:
    csrf.same_origin_only(request)
    await sessions.end(request)
    return JSONResponse({"goodbye": True})


RIGHT = (guarded_ours, signing_out(fail_closed), signing_out(end=by_rows))
WRONG = (
    Wrong(clears_before_it_asks, "does not sign Ada out"),
    Wrong(ends_before_it_asks, "does not sign Ada out"),
    Wrong(signing_out(host_and_port), "a fetch of https://trax.localhost does not sign Ada out"),
    Wrong(signing_out(no_stranger), "a form of http://blog.trax.localhost does not sign Ada out"),
    Wrong(signing_out(no_form), "a fetch of http://blog.trax.localhost does not sign Ada out"),
    Wrong(signing_out(end=believes_any_signature), "Ada's phone"),
    Wrong(signing_out(end=only_the_family), "not remembered"),
    Wrong(signing_out(end=all_families), "Ada's phone"),
    Wrong(signing_out(end=nothing), "not remembered"),
    Wrong(signing_out(end=named(_query)), "without its cookies"),
    Wrong(signing_out(end=named(_body)), "without its cookies"),
    Wrong(keeps_the_cookies, "no cookie left"),
)
