"""The loop of a function: ask for an event, call the handler, send back what it returns.

AWS's Lambda Runtime API is HTTP, and the function is the client. This is all that a runtime must
do: the standard library and a dozen lines. `python lambda_loop.py` runs it, with the API's address
in AWS_LAMBDA_RUNTIME_API and `module.function` in _HANDLER. Left out: the context object (the
handler gets None), and a report when the module cannot be imported: the process ends instead.
"""

import importlib
import json
import os
from collections.abc import Callable
from typing import Any
from urllib.request import ProxyHandler, Request, build_opener

Handler = Callable[[Any, None], object]
ask = build_opener(ProxyHandler({})).open  # the API is on this machine: no http_proxy is asked


def run(handler: Handler) -> None:
    """Hand each event to `handler`, for ever. An error of the handler is sent, and not raised."""
    runtime = f"http://{os.environ['AWS_LAMBDA_RUNTIME_API']}/2018-06-01/runtime/invocation/"
    while True:
        with ask(runtime + "next") as answer:  # comes when there is an event
            id, event = answer.headers["Lambda-Runtime-Aws-Request-Id"], answer.read()
        try:
            path, body = "/response", json.dumps(handler(json.loads(event), None))
        except Exception as error:
            said = {"errorType": type(error).__name__, "errorMessage": str(error)}
            path, body = "/error", json.dumps(said)
        ask(Request(runtime + id + path, body.encode())).close()


def load(name: str) -> Handler:
    """Return the function `module.function`, or raise ImportError or AttributeError."""
    module, _, function = name.rpartition(".")
    return getattr(importlib.import_module(module), function)


if __name__ == "__main__":
    run(load(os.environ["_HANDLER"]))
