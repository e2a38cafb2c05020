"""The answer to each kind of error, JSON in every case: a sentence, and a code for programs.

Left out: RFC 9457, the standard form of the same idea, which is more than a small page needs.
"""

from sqlalchemy import exc
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from minisrv.db import engines
from minisrv.errors import Overloaded, Refused

SENTENCES = {
    404: "There is nothing at this address.",
    405: "This address takes {Allow} and no other method.",
}


def _answer(status: int, code: str, sentence: str, headers: dict[str, str]) -> Response:
    body = {"error": sentence, "code": code}
    return JSONResponse(body, status, {"Cache-Control": "no-store", **headers})


def refusal(error: Refused) -> Response:
    """Return the answer that `error` itself describes."""
    return _answer(error.status, error.code, error.message, error.headers)


async def refused(request: Request, error: Refused) -> Response:
    """Answer a request with what the error says."""
    return refusal(error)


async def http_error(request: Request, error: HTTPException) -> Response:
    """Answer what Starlette refuses, in the same form: it would do so in plain text."""
    code = error.detail.lower().replace(" ", "_")
    headers = dict(error.headers or {})
    sentence = SENTENCES.get(error.status_code, f"{error.detail}.").format_map(headers)
    return _answer(error.status_code, code, sentence, headers)


async def database_error(request: Request, error: exc.OperationalError) -> Response:
    """A lock that others hold is no fault and passes; anything else is answered as our fault."""
    if not engines.is_busy(error):
        raise error
    return refusal(Overloaded())


async def no_connection(request: Request, error: exc.TimeoutError) -> Response:
    """All connections to the database have been in use for half a minute, and that passes, too."""
    return refusal(Overloaded())


async def our_fault(request: Request, error: Exception) -> Response:
    """Tell the client that it failed and nothing else; the log has the rest."""
    sentence = "The server failed; the fault is not yours."
    # uvicorn hangs up after an exception, and a client should know that it will.
    return _answer(500, "server_error", sentence, {"Connection": "close"})


# Each a coroutine: Starlette would run a plain function in a thread.
ANSWERS = {
    Refused: refused,
    HTTPException: http_error,
    exc.OperationalError: database_error,
    exc.TimeoutError: no_connection,
    Exception: our_fault,
}
