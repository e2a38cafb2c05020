"""Guard a student's route: report the exception that it raises, or that it returns no response.

The client learns nothing of it: the app answers 500.
"""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from inspect import isclass, iscoroutine, iscoroutinefunction
from traceback import clear_frames

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from classroom.server.advice import AWAIT
from classroom.server.crash import Crash, crash_of
from classroom.server.never_awaited import noting
from minisrv.errors import Refused

ON_CRASH = "classroom.on_crash"  # the key of a request's scope for a function that takes the Crash
NEVER_AWAITED = "the route made the coroutine {} and never awaited it; is an await missing?"


def crash_guard(endpoint: Callable[[Request], object]) -> Callable[[Request], object]:
    """Return an endpoint that responds as `endpoint` does, and reports a crash if it crashes.

    `endpoint` may be `async def` or `def`.
    """
    if isclass(endpoint):  # Starlette's HTTPEndpoint, which is called in another way
        return endpoint

    @wraps(endpoint)
    async def guarded(request: Request) -> Response:
        with noting() as never_awaited:
            try:
                response = _as_response(await _call(endpoint, request))
            except (Refused, HTTPException, asyncio.CancelledError):
                raise  # an error response that the route wants, not a mistake
            except BaseException as error:  # SystemExit too: it would end the server's thread
                request.scope[ON_CRASH](_reported(error, endpoint, never_awaited))
                raise RuntimeError("the route crashed") from error
        if never_awaited:
            warning = RuntimeWarning(NEVER_AWAITED.format(never_awaited[0]))
            request.scope[ON_CRASH](crash_of(warning, endpoint))
        return response

    return guarded


def _reported(
    error: BaseException, endpoint: Callable[..., object], never_awaited: list[str]
) -> Crash:
    crash = crash_of(error, endpoint)
    clear_frames(error.__traceback__)  # a coroutine may be in one; it is thrown away with it
    if never_awaited and AWAIT not in crash.error:
        return replace(crash, error=f"{crash.error}; {AWAIT}")
    return crash


async def _call(endpoint: Callable[[Request], object], request: Request) -> object:
    if iscoroutinefunction(endpoint) or iscoroutinefunction(type(endpoint).__call__):
        return await endpoint(request)
    # Not in Starlette's threads: these can be ended (endable_threads.py).
    return await asyncio.to_thread(endpoint, request)


def _as_response(returned: object) -> Response:
    if isinstance(returned, Response):
        return returned
    if returned is None:
        raise TypeError("the route returned None for this request; is a return missing?")
    if iscoroutine(returned):
        returned.close()  # else Python warns, later and elsewhere, that nobody awaited it
        raise TypeError("the route returned a coroutine; is an await missing?")
    kind = type(returned).__name__
    kind = f"an {kind}" if kind[0].lower() in "aeio" else f"a {kind}"
    raise TypeError(f"the route returned {kind}; return a Response, e.g. JSONResponse(...)")
