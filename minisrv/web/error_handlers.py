"""Exception handlers: every error becomes a JSON response with a sentence and a code.

Left out: RFC 9457, the standard form of the same idea, which is more than a small page needs.
"""

from sqlalchemy import exc
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from minisrv.auth import security_log
from minisrv.auth.security_log import Event
from minisrv.db import engines
from minisrv.errors import (
    BadCredentials,
    CrossSiteRequest,
    NotFound,
    Overloaded,
    Refused,
    TokenReused,
    TooManyAttempts,
)

EVENTS = {
    BadCredentials: Event.SIGN_IN_FAILED,
    TooManyAttempts: Event.SIGN_IN_THROTTLED,
    TokenReused: Event.REFRESH_TOKEN_REUSED,
    CrossSiteRequest: Event.CROSS_SITE_REFUSED,
}


def error_response(error: Refused) -> Response:
    """Return the response that `error` describes."""
    return _response(error.status, error.code, error.message, error.headers)


async def refused(request: Request, error: Refused) -> Response:
    """Return the response that `error` describes. If it has an event in EVENTS, log that."""
    if event := EVENTS.get(type(error)):
        security_log.record(request, event, error.account)
    return error_response(error)


async def http_error(request: Request, error: HTTPException) -> Response:
    """Return Starlette's own 404 or 405 as JSON; Starlette would send plain text."""
    code, sentence = error.detail.lower().replace(" ", "_"), f"{error.detail}."
    headers = dict(error.headers or {})
    if error.status_code in (204, 304):  # they have no body (RFC 9110 §6.4.1)
        return Response(None, error.status_code, {"Cache-Control": "no-store", **headers})
    if error.status_code == 404:
        sentence = NotFound.message
    elif error.status_code == 405 and "Allow" in headers:
        # Starlette joins a set, whose order differs from run to run
        headers["Allow"] = ", ".join(sorted(headers["Allow"].split(", ")))
        sentence = f"This address takes {headers['Allow']} and no other method."
    return _response(error.status_code, code, sentence, headers)


async def database_error(request: Request, error: exc.OperationalError) -> Response:
    """Return 503 if the database is locked, which will pass; otherwise raise `error` again."""
    if not engines.is_busy(error):
        raise error
    return error_response(Overloaded())


async def no_connection(request: Request, error: exc.TimeoutError) -> Response:
    """Return 503: all connections to the database are in use, which will pass."""
    return error_response(Overloaded())


async def server_error(request: Request, error: Exception) -> Response:
    """Return 500 without any detail; the log has the traceback."""
    sentence = "The server failed; the fault is not yours."
    # uvicorn closes the connection after an exception, and a client should know that.
    return _response(500, "server_error", sentence, {"Connection": "close"})


def _response(status: int, code: str, sentence: str, headers: dict[str, str]) -> Response:
    body = {"error": sentence, "code": code}
    return JSONResponse(body, status, {"Cache-Control": "no-store", **headers})


# Coroutines: Starlette would run plain functions in a thread.
EXCEPTION_HANDLERS = {
    Refused: refused,
    HTTPException: http_error,
    exc.OperationalError: database_error,
    exc.TimeoutError: no_connection,
    Exception: server_error,
}
