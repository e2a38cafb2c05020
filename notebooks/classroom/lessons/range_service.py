"""A service that knows leaked passwords, and is asked with the beginning of a SHA-1 digest.

    service = RangeService(answer)
    requests.get(service.url + "/range/8D6E3").text  # what answer("8D6E3") returned

How it answers is the lesson's own function. What it was asked is kept, as such a service could keep
it. It listens on this computer only. Left out: https, a cache, a limit of requests.
"""

import re
from collections.abc import Callable

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from classroom.server.network import HOST, go_direct, listen
from classroom.server.server_thread import ServerThread
from minisrv.settings import Settings

PREFIX = re.compile("[0-9A-F]{1,40}")


class RangeService:
    """A server at `url` that responds to GET /range/PREFIX with `answer(PREFIX)`, as plain text.

    `asked` lists the prefixes that it was sent, in capitals. Hexadecimal digits only, else 400.
    """

    def __init__(self, answer: Callable[[str], str]) -> None:
        """Start at a free port of this computer. RuntimeError if the start fails."""
        go_direct()
        self.asked: list[str] = []
        self._answer = answer
        listener = listen(0)
        port: int = listener.getsockname()[1]
        self.url = f"http://{HOST}:{port}"
        app = Starlette(routes=[Route("/range/{prefix}", self._respond)])
        self._thread = ServerThread(app, Settings(host=HOST, port=port), listener)
        self._thread.start()

    def stop(self) -> None:
        """End the server and free its port; safe to call twice."""
        self._thread.stop()

    async def _respond(self, request: Request) -> Response:
        prefix = request.path_params["prefix"].upper()
        if not PREFIX.fullmatch(prefix):
            return PlainTextResponse("Send hexadecimal digits.", 400)
        self.asked.append(prefix)
        return PlainTextResponse(self._answer(prefix))
