"""The gateway: any request becomes an event, and the function's result becomes the response.

Left out: what a gateway has besides, such as limits, TLS and names. Where a result has no
"statusCode", AWS's gateway responds 200 with it (payload format 2.0); this one shows the mistake.
"""

import json

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from classroom.serverless import reasons
from classroom.serverless.call_log import CallLog
from classroom.serverless.dispatcher import Dispatcher
from classroom.serverless.events import http_event, http_response
from classroom.serverless.outcome import ANSWERED, STATUS, Outcome

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
        response, why = self._response(outcome)
        self._dispatcher.why = why or self._dispatcher.why
        line = f"{request.method} {request.url.path}"
        self._log.add("client", "gateway", line, str(response.status_code))
        return response

    def _response(self, outcome: Outcome) -> tuple[Response, str]:
        """Return the response of the gateway, and why it is none of the function's, else ""."""
        if outcome.how != ANSWERED:
            return self._error(outcome.how), outcome.why
        try:
            response = http_response(outcome.result)
        except (AttributeError, KeyError, TypeError, ValueError):
            return self._error("no response for a gateway"), reasons.of_result(outcome.text)
        return response, reasons.of_status(response.status_code)

    def _error(self, said: str) -> Response:
        told = {"message": f"The function: {said}. See cloud.why."}
        return JSONResponse(told, STATUS.get(said, 502))
