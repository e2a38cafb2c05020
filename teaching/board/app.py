"""The app of the board: one address, which shows the page and takes what notebooks send.

The code in the address is the one key: with it, anybody reads the page and sends under any name.
There is no limit by time. A request costs little, and at most 500 names with the ids of this course
are kept, so that many requests change no more than a few. Left out: to remove a name.
"""

import secrets
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.endpoints import HTTPEndpoint
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from classroom.checking.class_board import MARK
from minisrv.errors import Refused
from minisrv.settings import Settings
from minisrv.web import error_handlers
from minisrv.web.bodies import read_object, text
from minisrv.web.security_headers import SecurityHeaders
from teaching.board.results import Results

REFRESH_SECONDS = 5
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # without those that look alike
POLICY = (
    "default-src 'none'; style-src 'nonce-{}'; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
PAGE = Environment(
    loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined
).get_template("page.html.jinja")
EXCEPTION_HANDLERS = {
    Refused: error_handlers.refused,
    HTTPException: error_handlers.http_error,
    Exception: error_handlers.server_error,
}


def new_code() -> str:
    """Return a random code for the address, of 39 bits, that can be read out and typed."""
    return "".join(secrets.choice(LETTERS) for _ in range(8))


def create_app(code: str, settings: Settings) -> ASGIApp:
    """Return an empty board at the address /`code`; `settings` limit the body of a request."""
    app = Starlette(routes=[Route(f"/{code}", Board)], exception_handlers=EXCEPTION_HANDLERS)
    app.router.redirect_slashes = False
    app.state.settings, app.state.results = settings, Results()
    return SecurityHeaders(app)


class Board(HTTPEndpoint):
    """The one address of the board."""

    async def get(self, request: Request) -> Response:
        """Return the page; it loads itself again every few seconds, unless `?still` is asked."""
        nonce, still = secrets.token_urlsafe(16), "still" in request.query_params
        headers = {
            MARK: "1",
            "Cache-Control": "no-store",
            "Content-Security-Policy": POLICY.format(nonce),
        }
        if not still:
            headers["Refresh"] = str(REFRESH_SECONDS)
        results = request.app.state.results
        page = PAGE.render(
            nonce=nonce,
            still=still,
            seconds=REFRESH_SECONDS,
            names=results.names(),
            exercises=results.exercises(),
        )
        return HTMLResponse(page, headers=headers)

    async def post(self, request: Request) -> Response:
        """Note that a name has done an exercise, and return 204; or raise a Refused."""
        body = await read_object(request)
        request.app.state.results.add(text(body, "name").strip(), text(body, "exercise"))
        return Response(status_code=204, headers={"Cache-Control": "no-store"})
