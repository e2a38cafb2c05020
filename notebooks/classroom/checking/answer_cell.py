"""An answer to an exercise as a cell: its imports, its constants, and the route, plugged in.

The route has the name and the arguments of the stub in the notebook, which has no annotations.
"""

import ast
import inspect
import sys
from textwrap import dedent

from starlette.routing import Route

from classroom.checking.exercise import Answer, Exercise
from classroom.checking.used_names import needed_by
from minisrv.routes.signup.verbs import EVERY_VERB


def answer_cell(exercise: Exercise, answer: Answer) -> str:
    """Return the source of a cell that plugs `answer` in and checks it.

    It needs the names `server` and `check`, which each lesson's first cell binds.
    """
    function = answer.endpoint if isinstance(answer, Route) else answer
    route = _route(exercise, answer, dedent(inspect.getsource(function)))
    imports, constants = needed_by(route, inspect.getsource(sys.modules[function.__module__]))
    head = "\n\n".join(part for part in (imports, constants) if part)
    return "\n\n\n".join(part for part in (head, route, f'check("{exercise.id}")') if part)


def _route(exercise: Exercise, answer: Answer, source: str) -> str:
    """Return the function's body, comments too, under the decorator and the first line."""
    (function,) = ast.parse(source).body
    keyword = "async def" if isinstance(function, ast.AsyncFunctionDef) else "def"
    arguments = ", ".join(one.arg for one in function.args.args)
    first = f"{keyword} {exercise.stub or exercise.endpoint}({arguments}):"
    body = source.rstrip().splitlines()[function.returns.end_lineno :]
    return "\n".join([_decorator(exercise, answer), first, *body])


def _decorator(exercise: Exercise, answer: Answer) -> str:
    """Return the line above the route. A Route names its methods; those of a function are given."""
    methods = ""
    if isinstance(answer, Route):
        named = answer.methods - ({"HEAD"} if "GET" in answer.methods else set())  # GET has HEAD
        common = [verb for verb in EVERY_VERB if verb in named]
        listed = ", ".join(f'"{verb}"' for verb in [*common, *sorted(named - set(common))])
        methods = f", methods=[{listed}]"
    return f'@server.{exercise.decorator}("{exercise.endpoint}"{methods})'
