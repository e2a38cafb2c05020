"""Exercise of lesson 11: the loop that asks for events, also after a handler that raised."""

import json
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from classroom.checking.exercise import Exercise, Wrong
from classroom.checking.function_visit import FunctionVisit
from classroom.serverless.cloud import Cloud
from classroom.serverless.outcome import ANSWERED, FAILED, TIMED_OUT, Outcome
from classroom.serverless.reasons import NO_REPORT
from classroom.serverless.student_code import instances_of

Handler = Callable[..., object]
APP = """
CALLS = []


def handler(event, context):
    CALLS.append(event)
    if event == {"do": "raise"}:
        raise LookupError("nothing here, é")
    if event == {"do": "set"}:
        return {1, 2}
    return event["give"] if "give" in event else len(CALLS)
"""
RUN = (sys.executable, "-c", "import app, student; student.loop(app.handler)")
GIVEN = ({"a": 1}, "é 小林", 7, [], {}, "", 0, None, False)
SECONDS = 3  # until an event counts as never answered


def check(visit: FunctionVisit) -> None:
    """Send events through the loop: right ones, and two whose handler fails."""
    with instances_of(visit.source.text, APP, 0, runtime=RUN, timeout=SECONDS) as cloud:
        for value in GIVEN:
            outcome = _sent(visit, cloud, {"give": value})
            right = outcome.how == ANSWERED and outcome.result == value
            reason = f"what the handler returns is sent: {json.dumps(value, ensure_ascii=False)}"
            visit.expect(right, f"{reason}\nYour loop sent: {outcome.text}")
        calls = _sent(visit, cloud, {})
        once = calls.how == ANSWERED and calls.result == len(GIVEN) + 1
        visit.expect(once, "the handler is called once for each event")
        for what, kind in {"raise": "LookupError", "set": "TypeError"}.items():
            failed = _sent(visit, cloud, {"do": what})
            visit.expect(failed.how == FAILED, "an error is sent to /error, and not to /response")
            _is_a_report(visit, failed, kind)
            after = _sent(visit, cloud, {"give": "after"})
            right = after.how == ANSWERED and after.result == "after"
            visit.expect(right, "the event after a failed one is handled as any other")


def _sent(visit: FunctionVisit, cloud: Cloud, event: dict[str, object]) -> Outcome:
    outcome = cloud.send(event)
    visit.expect(outcome.how != TIMED_OUT, f"each event gets an answer, also {json.dumps(event)}")
    ended = outcome.text == NO_REPORT or outcome.instance != "A"
    said = f"the loop goes on after each event, but here the process ended\n{cloud.why}"
    visit.expect(not ended, said)
    return outcome


def _is_a_report(visit: FunctionVisit, failed: Outcome, expected: str) -> None:
    try:
        kind = failed.result["errorType"]
    except (KeyError, TypeError, ValueError):
        kind = None
    reason = f'the report of an error is JSON with its "errorType", here "{expected}"'
    visit.expect(kind == expected, f"{reason}\nYour loop sent: {failed.text}")


def solution(handler: Handler) -> None:
    api = "http://" + os.environ["AWS_LAMBDA_RUNTIME_API"] + "/2018-06-01/runtime/invocation/"
    while True:
        with urlopen(api + "next") as answer:  # waits until there is an event
            id = answer.headers["Lambda-Runtime-Aws-Request-Id"]
            event = json.load(answer)
        try:
            path, text = "/response", json.dumps(handler(event, None))
        except Exception as error:
            report = {"errorType": type(error).__name__, "errorMessage": str(error)}
            path, text = "/error", json.dumps(report)
        urlopen(Request(api + id + path, text.encode())).close()


def alternative(handler: Handler) -> None:
    api = "http://" + os.environ["AWS_LAMBDA_RUNTIME_API"] + "/2018-06-01/runtime/invocation/"

    def send(path: str, value: object) -> None:
        urlopen(Request(api + path, json.dumps(value).encode())).close()

    while True:
        with urlopen(api + "next") as answer:
            id, event = answer.headers["Lambda-Runtime-Aws-Request-Id"], json.load(answer)
        try:
            send(id + "/response", handler(event, None))
        except HTTPError:
            raise
        except Exception as error:
            send(id + "/error", {"errorType": type(error).__name__, "errorMessage": str(error)})


def next_event() -> tuple[str, Any]:
    with urlopen(api() + "next") as answer:
        return answer.headers["Lambda-Runtime-Aws-Request-Id"], json.load(answer)


def respond(id: str, value: object) -> None:
    urlopen(Request(api() + id + "/response", json.dumps(value).encode())).close()


def api() -> str:
    return "http://" + os.environ["AWS_LAMBDA_RUNTIME_API"] + "/2018-06-01/runtime/invocation/"


def no_try(handler: Handler) -> None:
    while True:
        id, event = next_event()
        respond(id, handler(event, None))


def error_as_response(handler: Handler) -> None:
    while True:
        id, event = next_event()
        try:
            respond(id, handler(event, None))
        except Exception as error:
            respond(id, {"errorType": type(error).__name__})


def one_event_only(handler: Handler) -> None:
    id, event = next_event()
    respond(id, handler(event, None))


def says_nothing_of_errors(handler: Handler) -> None:
    while True:
        id, event = next_event()
        with suppress(Exception):
            respond(id, handler(event, None))


FRAME = """\
import json
import os
from urllib.request import Request, urlopen


@server.function("loop")
def loop(handler):
    api = "http://" + os.environ["AWS_LAMBDA_RUNTIME_API"] + "/2018-06-01/runtime/invocation/"
    while True:
        with urlopen(api + "next") as answer:  # waits until there is an event
            id = answer.headers["Lambda-Runtime-Aws-Request-Id"]
            event = json.load(answer)
        try:
            path, text = "/response", json.dumps(...)
        except Exception as error:
            report = {"errorType": type(error).__name__, "errorMessage": str(error)}
            path, text = ..., ...
        urlopen(Request(api + id + path, text.encode())).close()
"""

EXERCISE = Exercise(
    id="serverless-loop",
    title="The loop",
    endpoint="loop",
    decorator="function",
    check=check,
    hints=(
        "Call the handler with two arguments: the event, and None in place of a context.",
        'An error goes to the path "/error", and its report is sent as JSON, too.',
        'The gaps are handler(event, None), then "/error", then json.dumps(report).',
    ),
    solution=solution,
    alternative=alternative,
    wrong=(
        Wrong(no_try, "the process ended"),
        Wrong(error_as_response, "an error is sent to /error"),
        Wrong(one_event_only, "the process ended"),
        Wrong(says_nothing_of_errors, "each event gets an answer"),
    ),
    afterthought="The lines in `try` may fail because of the handler, or of what it returns.\n"
    "An error outside of `try` ends the process: without the API the loop has no work.",
    frame=FRAME,
    stub="loop",
)
