"""The composition root: the table of routes, the answers to errors, and what all requests share."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from sqlalchemy import Engine
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from minisrv.errors import Refused
from minisrv.hosts import KnownHosts
from minisrv.models import Database, open_database, open_engine
from minisrv.routes.health import health
from minisrv.routes.me import me
from minisrv.routes.playlists import playlist, playlists
from minisrv.routes.signin import signin
from minisrv.routes.signout import signout
from minisrv.routes.signup import reference
from minisrv.settings import Settings
from minisrv.workers import Workers

Endpoint = Callable[[Request], object]

ROUTES = {
    "signup": reference,
    "signin": Route("/api/signin", signin, methods=["POST"]),
    "me": Route("/api/me", me, methods=["GET"]),
    "signout": Route("/api/signout", signout, methods=["POST"]),
    "playlists": Route("/api/playlists", playlists, methods=["GET", "POST", "DELETE"]),
    "playlist": Route("/api/playlists/{id}", playlist, methods=["DELETE"]),
    "health": Route("/health", health, methods=["GET"]),
}

SENTENCES = {
    404: "There is nothing at this address.",
    405: "This address takes {Allow} and no other method.",
}


@dataclass(frozen=True)
class Shared:
    """What every request needs, opened once; several apps may come and go over it."""

    settings: Settings
    engine: Engine
    database: Database
    workers: Workers

    @classmethod
    def open(cls, settings: Settings) -> "Shared":
        """Open the database and the pool, or raise SQLAlchemyError."""
        engine = open_engine(settings.database_url)
        return cls(settings, engine, open_database(engine), Workers())

    def close(self) -> None:
        """Let go of the threads and of the connections."""
        self.workers.close()
        self.engine.dispose()


def create_app(settings: Settings | None = None, **endpoints: Endpoint | Route) -> Starlette:
    """Return the app; each keyword puts an endpoint or a Route in the place of ours of that name.

    Raises ValueError when there is no such name, and SQLAlchemyError when the database fails. An
    app with a replaced route is for class: it answers requests from this machine and no other.
    """
    return assemble(Shared.open(settings or Settings()), **endpoints)


def assemble(shared: Shared, **endpoints: Endpoint | Route) -> Starlette:
    """Return the app over an open database, so that routes can be swapped while accounts stay."""
    guard = Middleware(KnownHosts, settings=shared.settings, weak=bool(endpoints), refuse=_refused)
    app = Starlette(
        routes=table(**endpoints),
        middleware=[guard],
        exception_handlers={Refused: _refused, HTTPException: _http_error, Exception: _our_fault},
        lifespan=_lifespan,
    )
    app.router.redirect_slashes = False  # a redirect would repeat the Host header, whoever wrote it
    app.state.settings, app.state.engine = shared.settings, shared.engine
    app.state.database, app.state.workers = shared.database, shared.workers
    app.state.shared = shared
    return app


def table(**endpoints: Endpoint | Route) -> list[Route]:
    """Return the routes, ours or those given, or raise ValueError for a name that is not ours."""
    unknown = sorted(set(endpoints) - set(ROUTES))
    if unknown:
        raise ValueError(f"There is no endpoint {unknown[0]!r}; there are {', '.join(ROUTES)}.")
    return [_placed(name, endpoints.get(name, ours)) for name, ours in ROUTES.items()]


def _placed(name: str, endpoint: Endpoint | Route) -> Route:
    if isinstance(endpoint, Route):
        return endpoint
    return Route(ROUTES[name].path, endpoint, methods=sorted(ROUTES[name].methods or ()))


@asynccontextmanager
async def _lifespan(app: Starlette) -> AsyncIterator[None]:
    yield
    app.state.shared.close()


def _answer(status: int, code: str, sentence: str, headers: dict[str, str]) -> Response:
    body = {"error": sentence, "code": code}
    return JSONResponse(body, status, {"Cache-Control": "no-store", **headers})


def _refused(request: Request, refused: Refused) -> Response:
    return _answer(refused.status, refused.code, refused.message, refused.headers)


def _http_error(request: Request, error: HTTPException) -> Response:
    code = error.detail.lower().replace(" ", "_")
    headers = dict(error.headers or {})
    sentence = SENTENCES.get(error.status_code, f"{error.detail}.").format_map(headers)
    return _answer(error.status_code, code, sentence, headers)


def _our_fault(request: Request, error: Exception) -> Response:
    """Tell the client that it failed and nothing else; the log has the rest."""
    return _answer(500, "server_error", "The server failed; the fault is not yours.", {})
