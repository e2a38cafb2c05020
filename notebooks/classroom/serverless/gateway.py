"""The gateway: any request becomes an event, and the function's result becomes the response.

Left out: what a gateway has besides, such as limits, TLS and names.
"""

import json

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from classroom.serverless.call_log import CallLog
from classroom.serverless.dispatcher import Dispatcher
from classroom.serverless.events import http_event, http_response
from classroom.serverless.outcome import ANSWERED, STATUS

METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


class Gateway:
    """One route that takes every request, and passes it to a dispatcher as an event."""

    def __init__(self, dispatcher: Dispatcher, log: CallLog) -> None:
        """Serve the function of `dispatcher`."""
        self._dispatcher, self._log = dispatcher, log
        self.route = Route("/{path:path}", self._pass_on, methods=METHODS)

    async def _pass_on(self, request: Request) -> Response:
        event = await http_event(request)
        outcome = await self._dispatcher.invoke(json.dumps(event))
        response = self._error(outcome.how)
        if outcome.how == ANSWERED:
            try:
                response = http_response(outcome.result)
            except (AttributeError, KeyError, TypeError, ValueError):
                response = self._error("no response for a gateway")
        line = f"{request.method} {request.url.path}"
        self._log.add("client", "gateway", line, str(response.status_code))
        return response

    def _error(self, said: str) -> Response:
        return JSONResponse({"message": f"The function: {said}."}, STATUS.get(said, 502))
