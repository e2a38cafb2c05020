"""Judge the route or the function that a student has plugged in, by what it does, and by no more.

Left out: marks. A check can run any number of times; the one trace that it leaves is the id of an
exercise that is done, in my-lessons/progress.json (checking/kept.py), and on the board of the class
if the student switched that on (checking/class_board.py).
"""

import inspect
import sys
from collections.abc import Callable
from dataclasses import replace
from types import FrameType

import requests
from requests.exceptions import ChunkedEncodingError, ContentDecodingError

from classroom import exercises
from classroom.checking import class_board, kept
from classroom.checking.check_errors import NotYet, YourCodeRaised
from classroom.checking.exercise import Exercise
from classroom.checking.forgotten_await import forgotten_await
from classroom.checking.frame import is_unchanged
from classroom.checking.function_visit import FunctionVisit
from classroom.checking.verdict import Verdict
from classroom.checking.visit import SECONDS, Visit, visiting
from classroom.display.verdict_names import DONE, NO_CHECK, NOT_STARTED, NOT_YET, RAISED
from classroom.server.cell_advice import NO_SERVER
from classroom.server.gaps import first_gap
from classroom.server.server import SET_UP, Server

NO_ROUTE = "Your {} is not in the server yet: run the cell that begins @server.{}."
NO_DECORATOR = "`{}` is not in the server yet: write @server.{} right above its first line."
UNCHANGED = "The cell is as it was given: write code in place of each `...`, then run it again."
NO_ANSWER = f"the route responds within {SECONDS} seconds\nIf it waits for ever, mend it, {SET_UP}."
BROKEN_OFF = (
    "the response arrives whole\n"
    "Is there a header Content-Length or Content-Encoding that does not fit the body?"
)
UNREADABLE = "the response has the form that the prompt describes ({}: {})"
UNREADABLE_LEFT = "the check can read what your function leaves ({}: {})"
OUR_FAULT = (
    "the check can run on this computer ({}: {})\nThat is not your code. Run the cell again."
)
NO_SOURCE = (
    "the check can read the cell of your function\n"
    "Write it in a cell of its own, and take off a first line such as %%time."
)


def check(id: str | None = None) -> Verdict:
    """Return the verdict on what is plugged in for the exercise `id`; it displays itself.

    The check works on an empty database of its own: your accounts stay as they are. Around the
    exercise's endpoint it uses the finished server, whatever else you have plugged in.
    """
    try:
        exercise = exercises.load(id)
    except LookupError as error:
        return Verdict(NO_CHECK, id if isinstance(id, str) else "?", error.args[0])
    server = Server.current
    if server is None:
        return Verdict(NO_CHECK, id, NO_SERVER)
    mine = _plugged(exercise, server)
    left_out = _left_out(exercise, mine, sys._getframe(1))
    decorator = f'{exercise.decorator}("{exercise.endpoint}")'
    missing = NO_DECORATOR.format(left_out, decorator) if left_out else ""
    if mine is None:
        what = "function" if exercise.decorator == "function" else "route"
        return Verdict(NOT_STARTED, id, missing or NO_ROUTE.format(what, decorator))
    if exercise.decorator == "function":
        verdict = judge(exercise, FunctionVisit(mine))
    else:
        with visiting(server.running, exercise.endpoint) as visit:
            verdict = judge(exercise, visit)
    if verdict:
        kept.keep(id)
        class_board.post(id)
    # The server has another route, of an earlier cell.
    return Verdict(NOT_STARTED, id, missing) if missing and not verdict else verdict


def _plugged(exercise: Exercise, server: Server) -> Callable[..., object] | None:
    """Return the function that is plugged in for the exercise, or None."""
    if exercise.decorator == "function":
        return server.running.functions.get(exercise.endpoint)
    plugged = server.running.plugged.get(exercise.endpoint)
    return plugged.endpoint if plugged else None


def _left_out(exercise: Exercise, plugged: Callable[..., object] | None, cell: FrameType) -> str:
    """Return the name of the route that `cell` defines and does not plug in, or ""."""
    name = exercise.stub or exercise.endpoint
    function = cell.f_globals.get(name)
    code = getattr(function, "__code__", None)
    if code is None or code.co_filename != cell.f_code.co_filename:
        return ""  # it is of another cell
    mine = plugged and inspect.unwrap(plugged) is inspect.unwrap(function)
    return "" if mine else name


def judge(exercise: Exercise, visit: Visit | FunctionVisit) -> Verdict:
    """Run the exercise's check on `visit` and return its verdict; never raises at the student.

    A gap that is left in the frame, or an `await` that seems to be missing, is said, unless the
    exercise is done all the same.
    """
    if visit.source.text and is_unchanged(exercise.frame, visit.source.text):
        return Verdict(NOT_STARTED, exercise.id, UNCHANGED)
    verdict, gap = _judged(exercise, visit), first_gap(visit.source)
    if verdict:
        return verdict
    if not gap:
        return replace(verdict, gap=forgotten_await(visit.source))
    return replace(verdict, name=NOT_YET, gap=gap)


def _judged(exercise: Exercise, visit: Visit | FunctionVisit) -> Verdict:
    if isinstance(visit, FunctionVisit) and not visit.source.text:
        return Verdict(NOT_YET, exercise.id, NO_SOURCE)
    try:
        exercise.check(visit)
    except YourCodeRaised as raised:
        crash = raised.crash
        return Verdict(RAISED, exercise.id, crash.error, raised.exchange, crash)
    except NotYet as not_yet:
        return Verdict(NOT_YET, exercise.id, not_yet.reason, not_yet.exchange)
    except requests.Timeout:
        return Verdict(NOT_YET, exercise.id, NO_ANSWER)
    except (requests.ConnectionError, ChunkedEncodingError, ContentDecodingError):
        return Verdict(NOT_YET, exercise.id, BROKEN_OFF)
    except Exception as error:
        reason = _sentence(error, visit).format(type(error).__name__, error)
        return Verdict(NOT_YET, exercise.id, reason, visit.last)
    return Verdict(DONE, exercise.id, exercise.afterthought)


def _sentence(error: Exception, visit: Visit | FunctionVisit) -> str:
    """Return what is to be said of an error in the check itself, with two places for the error."""
    if isinstance(error, OSError) and not isinstance(error, requests.RequestException):
        return OUR_FAULT
    # The check cannot read the response, so the response is not what the prompt describes.
    return UNREADABLE_LEFT if isinstance(visit, FunctionVisit) else UNREADABLE
