"""Answers to serverless-loop: other loops, and loops that lose, mix up or repeat something."""

import http.client
import json
import os
from collections.abc import Callable
from urllib.request import Request, urlopen

import requests

from classroom.checking.exercise import Wrong

Handler = Callable[..., object]
PATH = "/2018-06-01/runtime/invocation/"
ID = "Lambda-Runtime-Aws-Request-Id"


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
            path, text = "/error", json.dumps({"errorType": type(error).__name__})
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
            result, kind = json.dumps({"errorType": type(error).__name__}), "/error"
        requests.post(api + answer.headers[ID] + kind, data=result)


# Wrong.


def stops_after_an_error(handler: Handler) -> None:
    api = "http://" + os.environ["AWS_LAMBDA_RUNTIME_API"] + PATH
    going = True
    while going:
        with urlopen(api + "next") as answer:
            id, event = answer.headers[ID], json.load(answer)
        try:
            path, text = "/response", json.dumps(handler(event, None))
        except Exception as error:
            path, text, going = "/error", json.dumps({"errorType": type(error).__name__}), False
        urlopen(Request(api + id + path, text.encode())).close()


def only_its_own_errors(handler: Handler) -> None:
    api = "http://" + os.environ["AWS_LAMBDA_RUNTIME_API"] + PATH
    while True:
        with urlopen(api + "next") as answer:
            id, event = answer.headers[ID], json.load(answer)
        try:
            path, text = "/response", json.dumps(handler(event, None))
        except LookupError as error:  # and the result that is no JSON?
            path, text = "/error", json.dumps({"errorType": type(error).__name__})
        urlopen(Request(api + id + path, text.encode())).close()


def empty_for_nothing(handler: Handler) -> None:
    api = "http://" + os.environ["AWS_LAMBDA_RUNTIME_API"] + PATH
    while True:
        with urlopen(api + "next") as answer:
            id, event = answer.headers[ID], json.load(answer)
        try:
            path, text = "/response", json.dumps(handler(event, None) or {})
        except Exception as error:
            path, text = "/error", json.dumps({"errorType": type(error).__name__})
        urlopen(Request(api + id + path, text.encode())).close()


def the_event_as_text(handler: Handler) -> None:
    api = "http://" + os.environ["AWS_LAMBDA_RUNTIME_API"] + PATH
    while True:
        with urlopen(api + "next") as answer:
            id, event = answer.headers[ID], answer.read().decode()
        try:
            path, text = "/response", json.dumps(handler(event, None))
        except Exception as error:
            path, text = "/error", json.dumps({"errorType": type(error).__name__})
        urlopen(Request(api + id + path, text.encode())).close()


def called_twice(handler: Handler) -> None:
    api = "http://" + os.environ["AWS_LAMBDA_RUNTIME_API"] + PATH
    while True:
        with urlopen(api + "next") as answer:
            id, event = answer.headers[ID], json.load(answer)
        try:
            handler(event, None)
            path, text = "/response", json.dumps(handler(event, None))
        except Exception as error:
            path, text = "/error", json.dumps({"errorType": type(error).__name__})
        urlopen(Request(api + id + path, text.encode())).close()


def the_error_as_a_sentence(handler: Handler) -> None:
    api = "http://" + os.environ["AWS_LAMBDA_RUNTIME_API"] + PATH
    while True:
        with urlopen(api + "next") as answer:
            id, event = answer.headers[ID], json.load(answer)
        try:
            path, text = "/response", json.dumps(handler(event, None))
        except Exception as error:
            path, text = "/error", f"it failed: {error}"
        urlopen(Request(api + id + path, text.encode())).close()


def keeps_the_first_id(handler: Handler) -> None:
    api = "http://" + os.environ["AWS_LAMBDA_RUNTIME_API"] + PATH
    first = None
    while True:
        with urlopen(api + "next") as answer:
            id, event = answer.headers[ID], json.load(answer)
        first = first or id
        try:
            path, text = "/response", json.dumps(handler(event, None))
        except Exception as error:
            path, text = "/error", json.dumps({"errorType": type(error).__name__})
        urlopen(Request(api + first + path, text.encode())).close()


RIGHT = (one_connection_for_all, with_requests)
WRONG = (
    Wrong(stops_after_an_error, "the process ended"),
    Wrong(only_its_own_errors, "the process ended"),
    Wrong(empty_for_nothing, "what the handler returns is sent: []"),
    Wrong(the_event_as_text, "what the handler returns is sent"),
    Wrong(called_twice, "called once for each event"),
    Wrong(the_error_as_a_sentence, "the report of an error is JSON"),
    Wrong(keeps_the_first_id, "the process ended"),
)
