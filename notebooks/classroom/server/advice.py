"""Words that follow an error in a route: what is usually meant by it, and what to write.

They are for the commonest mistakes of beginners. Left out: errors of a cell (cell_advice.py).
"""

import re
from collections.abc import Callable
from traceback import walk_tb

from sqlalchemy.exc import IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.requests import Request

AWAIT = "is an await missing?"
ABOVE = f"{AWAIT} Look at the lines above, too"
NO_AWAIT = "this call needs no await"
IMPORT = "are quotes or an import missing, or is a cell above not run yet?"
FORM = "the routes here take JSON: body = await request.json()"
OPEN_SESSION = "a session was left open; write: with request.app.state.database() as session:"
# What Flask's request has, and Starlette's has not.
ATTRIBUTES = {
    "args": "in Starlette it is request.query_params",
    "content_type": 'in Starlette it is request.headers["content-type"]',
    "data": "in Starlette it is await request.body()",
    "files": FORM,
    "get_data": "in Starlette it is await request.body()",
    "get_json": "in Starlette it is await request.json()",
    "is_json": 'in Starlette it is request.headers["content-type"]',
    "remote_addr": "in Starlette it is request.client.host",
}
# What Flask's request has as a value, and Starlette's as a method.
METHODS = {
    "body": "request.body is a method: await request.body()",
    "form": FORM,
    "json": "request.json is a method: body = await request.json()",
    "values": "in Starlette it is request.query_params",
}
NAMES = {
    "abort": 'return a response: JSONResponse({"error": "..."}, 404)',
    "app": '@server.endpoint("health") puts a route into the server',
    "jsonify": "in Starlette it is JSONResponse({...})",
    "make_response": "in Starlette it is JSONResponse({...}) or Response(...)",
    "request": "a route has one argument: async def my_route(request)",
}
# "object int can't be used in 'await' expression"; from 3.14 on "'int' object can't be awaited".
CANNOT_AWAIT = re.compile(r"object (\w+) can't be used in 'await'|'(\w+)' object can't be awaited")
# Python, json and SQLite name the type in these ways; `a coroutine was expected` is another error.
_COROUTINE = re.compile(
    r"""['"]coroutine['"]|type coroutine is not|mapping, not coroutine|non-iterable coroutine"""
)
_AS_VALUE = re.compile(r"\brequest\.(\w+)\b(?!\()")


def advice(error: BaseException, endpoint: Callable[..., object], line: str = "") -> str:
    """Return the words, or "". `line` is the line of the student's in which `error` was raised."""
    message = str(error).partition("\n")[0]
    # `request.json()["email"]` or User(password=workers.run(...)): a value that nobody waited for.
    # A line that has an `await` uses the value; it was made in another line.
    if _COROUTINE.search(message):
        return ABOVE if "await " in line else AWAIT
    if CANNOT_AWAIT.search(message):
        return NO_AWAIT
    if isinstance(error, NameError):
        return name_advice(error)
    if isinstance(error, AttributeError) and isinstance(error.obj, Request):
        return ATTRIBUTES.get(str(error.name), "")
    if isinstance(error, AttributeError | TypeError) and re.search("'(method|function)'", message):
        return METHODS.get(next(iter(_AS_VALUE.findall(line)), ""), "")
    return _other(error, message, endpoint)


def is_of_the_lesson(endpoint: Callable[..., object]) -> bool:
    """Return True if `endpoint` is written in minisrv or in the classroom."""
    return str(getattr(endpoint, "__module__", "")).startswith(("minisrv.", "classroom."))


def name_advice(error: NameError) -> str:
    """Return the words for a name that is not bound."""
    if isinstance(error, UnboundLocalError):
        return ""
    return NAMES.get(str(error.name), IMPORT)


def _other(error: BaseException, message: str, endpoint: Callable[..., object]) -> str:
    if isinstance(error, PoolTimeout):
        return OPEN_SESSION
    if isinstance(error, IntegrityError) and "users.email" in message:
        there = "there is an account with this address already"
        ours = is_of_the_lesson(endpoint)
        return f"{there}, and this route of the lesson does not expect that" if ours else there
    if "python-multipart" in message:
        return FORM
    name = getattr(endpoint, "__name__", "")
    if isinstance(error, TypeError) and message.startswith(f"{name}() "):
        return NAMES["request"] if "positional argument" in message else ""
    if isinstance(error, AttributeError) and "init_headers" in _functions(error):
        return "the value of a header is text"
    return ""


def _functions(error: BaseException) -> set[str]:
    """Return the names of the functions through which `error` came."""
    return {frame.f_code.co_name for frame, _ in walk_tb(error.__traceback__)}
