"""Watch a student's route: what it raises is reported, what it forgets to return is said.

Left out: the answer to a crash; the app answers 500 and tells the client nothing.
"""

import asyncio
from collections.abc import Callable
from functools import wraps
from inspect import isclass, iscoroutine, iscoroutinefunction

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from classroom.server.crash import crash_of
from minisrv.errors import Refused

CRASH = "classroom.server.crash"  # the key of a request's scope under which its crash is noted
NOT_STARTED = {"error": "This route returns nothing yet.", "code": "not_started"}


def watched(endpoint: Callable[[Request], object]) -> Callable[[Request], object]:
    """Return an endpoint that answers as `endpoint` does and notes its crash, if it crashes.

    It may be `async def` or `def`. Returning nothing is answered 501, for a route still to write.
    """
    if isclass(endpoint):  # Starlette's HTTPEndpoint, which is called in another way
        return endpoint

    @wraps(endpoint)
    async def watching(request: Request) -> Response:
        try:
            return _as_response(await _call(endpoint, request), endpoint)
        except (Refused, HTTPException, asyncio.CancelledError):
            raise  # an answer, not a mistake
        except BaseException as error:  # SystemExit too: it would end the server's thread
            request.scope[CRASH] = crash_of(error, endpoint)
            raise RuntimeError("the route crashed") from error

    return watching


async def _call(endpoint: Callable[[Request], object], request: Request) -> object:
    if iscoroutinefunction(endpoint):
        return await endpoint(request)
    return await run_in_threadpool(endpoint, request)


def _as_response(answer: object, endpoint: Callable[[Request], object]) -> Response:
    if answer is None:
        return JSONResponse(NOT_STARTED, status_code=501)
    if isinstance(answer, Response):
        return answer
    if iscoroutine(answer):
        answer.close()  # else Python warns, later and elsewhere, that nobody awaited it
        raise TypeError("the route returned a coroutine; is an await missing?")
    kind = type(answer).__name__
    raise TypeError(f"the route returned a {kind}; return a Response, e.g. JSONResponse(...)")
