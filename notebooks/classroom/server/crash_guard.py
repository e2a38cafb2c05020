"""Guard a student's route: report the exception that it raises, or that it returns no response.

The client learns nothing of it: the app answers 500.
"""

import ast
import asyncio
from collections.abc import Callable
from functools import wraps
from inspect import getsource, isclass, iscoroutine, iscoroutinefunction
from textwrap import dedent

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from classroom.server.crash import crash_of
from minisrv.errors import Refused

ON_CRASH = "classroom.on_crash"  # the key of a request's scope for a function that takes the Crash
NOT_STARTED = {"error": "This route returns nothing yet.", "code": "not_started"}


def crash_guard(endpoint: Callable[[Request], object]) -> Callable[[Request], object]:
    """Return an endpoint that responds as `endpoint` does, and reports a crash if it crashes.

    `endpoint` may be `async def` or `def`. A stub that returns None is no crash: the response is
    501, because the route is still to be written.
    """
    if isclass(endpoint):  # Starlette's HTTPEndpoint, which is called in another way
        return endpoint

    @wraps(endpoint)
    async def guarded(request: Request) -> Response:
        try:
            return _as_response(await _call(endpoint, request), endpoint)
        except (Refused, HTTPException, asyncio.CancelledError):
            raise  # an error response that the route wants, not a mistake
        except BaseException as error:  # SystemExit too: it would end the server's thread
            request.scope[ON_CRASH](crash_of(error, endpoint))
            raise RuntimeError("the route crashed") from error

    return guarded


async def _call(endpoint: Callable[[Request], object], request: Request) -> object:
    if iscoroutinefunction(endpoint):
        return await endpoint(request)
    return await run_in_threadpool(endpoint, request)


def is_stub(endpoint: Callable[..., object]) -> bool:
    """Return True if there is still a `...` as a statement in the source of `endpoint`."""
    try:
        tree = ast.parse(dedent(getsource(endpoint)))
    except (OSError, TypeError, SyntaxError):  # made by exec, no function, or a part of a line
        return False
    lines = [node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)]
    return any(isinstance(line, ast.Constant) and line.value is ... for line in lines)


def _as_response(returned: object, endpoint: Callable[..., object]) -> Response:
    if isinstance(returned, Response):
        return returned
    if returned is None:
        if is_stub(endpoint):
            return JSONResponse(NOT_STARTED, status_code=501)
        raise TypeError("the route returned None for this request; is a return missing?")
    if iscoroutine(returned):
        returned.close()  # else Python warns, later and elsewhere, that nobody awaited it
        raise TypeError("the route returned a coroutine; is an await missing?")
    kind = type(returned).__name__
    raise TypeError(f"the route returned a {kind}; return a Response, e.g. JSONResponse(...)")
