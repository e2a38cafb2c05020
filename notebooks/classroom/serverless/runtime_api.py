"""AWS's Lambda Runtime API, version 2018-06-01: the function asks, and this responds.

An instance asks for its next event by a GET that waits, and sends the result by a POST. Each
instance has a port of its own here, which tells the instances apart. Left out: headers for tracing.
"""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from classroom.serverless.call_log import CallLog
from classroom.serverless.dispatcher import Dispatcher
from classroom.serverless.outcome import ANSWERED, FAILED

VERSION = "/2018-06-01/runtime"
ARN = "arn:aws:lambda:on-this:machine:000000000000:function:sign-up"
WHOM = "Runtime API"


class RuntimeApi:
    """The four routes of the API, over a dispatcher; `ports` says which instance has which port."""

    def __init__(self, dispatcher: Dispatcher, ports: Mapping[int, int], log: CallLog) -> None:
        """Serve the instances of `dispatcher`."""
        self._dispatcher, self._ports, self._log = dispatcher, ports, log
        invocation = f"{VERSION}/invocation"
        self.routes = [
            Route(f"{invocation}/next", self._next),
            Route(f"{invocation}/{{id}}/response", self._response, methods=["POST"]),
            Route(f"{invocation}/{{id}}/error", self._error, methods=["POST"]),
            Route(f"{VERSION}/init/error", self._init_error, methods=["POST"]),
        ]

    async def _next(self, request: Request) -> Response:
        number = self._ports[request.scope["server"][1]]
        await self._dispatcher.known(number)
        invocation = await self._dispatcher.next(number)
        if invocation is None:
            return Response(status_code=410)  # the instance ends
        self._note(number, "GET …/invocation/next", f"200 {invocation.id}")
        headers = {
            "Lambda-Runtime-Aws-Request-Id": invocation.id,
            "Lambda-Runtime-Deadline-Ms": str(int(1000 * invocation.deadline)),
            "Lambda-Runtime-Invoked-Function-Arn": ARN,
        }
        return Response(invocation.event, 200, headers, media_type="application/json")

    async def _response(self, request: Request) -> Response:
        return await self._finish(request, "response", ANSWERED)

    async def _error(self, request: Request) -> Response:
        return await self._finish(request, "error", FAILED)

    async def _finish(self, request: Request, what: str, how: str) -> Response:
        number, id = self._ports[request.scope["server"][1]], request.path_params["id"]
        text = (await request.body()).decode("utf-8", "replace")
        accepted = self._dispatcher.is_at_work(number, id)
        status = 202 if accepted else 400
        self._note(number, f"POST …/invocation/{id}/{what}", str(status))
        if not accepted:
            return JSONResponse({"errorType": "InvalidRequestID"}, status)
        self._dispatcher.finish(number, how, text)
        return JSONResponse({"status": "OK"}, status)

    async def _init_error(self, request: Request) -> Response:
        number = self._ports[request.scope["server"][1]]
        await self._dispatcher.known(number)
        text = (await request.body()).decode("utf-8", "replace")
        self._note(number, "POST …/runtime/init/error", "202")
        self._dispatcher.fail_to_start(number, text)
        return JSONResponse({"status": "OK"}, 202)

    def _note(self, number: int, request: str, response: str) -> None:
        name = self._dispatcher.instances[number].name
        self._log.add(f"instance {name}", WHOM, request, response)
