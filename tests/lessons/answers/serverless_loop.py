"""Answers to serverless-loop: other loops, and loops that lose, mix up or repeat something."""

import http.client
import json
import os
from collections.abc import Callable
from typing import Any
from urllib.request import urlopen

import requests

from classroom.checking.exercise import Wrong

Handler = Callable[..., object]
PATH = "/2018-06-01/runtime/invocation/"
ID = "Lambda-Runtime-Aws-Request-Id"


def next_event() -> tuple[str, Any]:
    with call("next") as answer:
        return answer.headers[ID], json.load(answer)


def handled(handler: Handler, event: object) -> tuple[str, str]:
    try:
        return "/response", json.dumps(handler(event, None))
    except Exception as error:
        return "/error", report(error)


def report(error: BaseException) -> str:
    return json.dumps({"errorType": type(error).__name__})


def send(path: str, text: str) -> None:
    call(path, text.encode()).close()


def call(path: str, body: bytes | None = None) -> Any:
    return urlopen("http://" + os.environ["AWS_LAMBDA_RUNTIME_API"] + PATH + path, body)


def run(handler: Handler) -> None:
    while True:
        id, event = next_event()
        path, text = handled(handler, event)
        send(id + path, text)


# Right.


def one_connection_for_all(handler: Handler) -> None:
    connection = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
    while True:
        connection.request("GET", PATH + "next")
        answer = connection.getresponse()
        id, event = answer.headers[ID], json.loads(answer.read())
        try:
            path, text = "/response", json.dumps(handler(event, None))
        except BaseException as error:
            path, text = "/error", report(error)
        connection.request("POST", PATH + id + path, text.encode())
        connection.getresponse().read()


def with_requests(handler: Handler) -> None:
    api = "http://" + os.environ["AWS_LAMBDA_RUNTIME_API"] + PATH
    while True:
        answer = requests.get(api + "next")
        answer.raise_for_status()
        result, kind = None, "/response"
        try:
            result = json.dumps(handler(answer.json(), None))
        except Exception as error:
            result, kind = report(error), "/error"
        requests.post(api + answer.headers[ID] + kind, data=result)


# Wrong.


def stops_after_an_error(handler: Handler) -> None:
    path = "/response"
    while path == "/response":
        id, event = next_event()
        path, text = handled(handler, event)
        send(id + path, text)


def only_its_own_errors(handler: Handler) -> None:
    while True:
        id, event = next_event()
        try:
            path, text = "/response", json.dumps(handler(event, None))
        except LookupError as error:  # not that of a result that is no JSON
            path, text = "/error", report(error)
        send(id + path, text)


def empty_for_nothing(handler: Handler) -> None:
    run(lambda event, context: handler(event, context) or {})


def the_event_as_text(handler: Handler) -> None:
    run(lambda event, context: handler(json.dumps(event), context))


def called_twice(handler: Handler) -> None:
    run(lambda event, context: [handler(event, context), handler(event, context)][1])


def the_error_as_a_sentence(handler: Handler) -> None:
    while True:
        id, event = next_event()
        try:
            path, text = "/response", json.dumps(handler(event, None))
        except Exception as error:
            path, text = "/error", f"it failed: {error}"
        send(id + path, text)


def one_type_for_all_errors(handler: Handler) -> None:
    while True:
        id, event = next_event()
        try:
            path, text = "/response", json.dumps(handler(event, None))
        except Exception:
            path, text = "/error", json.dumps({"errorType": "LookupError"})
        send(id + path, text)


def keeps_the_first_id(handler: Handler) -> None:
    first = None
    while True:
        id, event = next_event()
        first = first or id
        path, text = handled(handler, event)
        send(first + path, text)


RIGHT = (one_connection_for_all, with_requests)
WRONG = (
    Wrong(stops_after_an_error, "the process ended"),
    Wrong(only_its_own_errors, "the process ended"),
    Wrong(empty_for_nothing, "what the handler returns is sent: []"),
    Wrong(the_event_as_text, "what the handler returns is sent"),
    Wrong(called_twice, "called once for each event"),
    Wrong(the_error_as_a_sentence, "the report of an error is JSON"),
    Wrong(one_type_for_all_errors, 'with its "errorType", here "TypeError"'),
    Wrong(keeps_the_first_id, "the process ended"),
)
