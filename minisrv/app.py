"""Put the app together: the table of routes, the middleware, and the resources of all requests."""

import asyncio
import inspect
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from sqlalchemy import Engine
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.routing import Route

from minisrv.auth import emails
from minisrv.db import engines
from minisrv.db.engines import open_engine
from minisrv.db.models import Database, open_database
from minisrv.db.reader import Reader
from minisrv.pools import BoundedPool, usable_cores
from minisrv.routes.health import health
from minisrv.routes.me import me
from minisrv.routes.openapi import description
from minisrv.routes.pages import page, static
from minisrv.routes.password import password
from minisrv.routes.playlists import playlist, playlists
from minisrv.routes.refresh import refresh
from minisrv.routes.sessions import session, sessions
from minisrv.routes.signin import signin
from minisrv.routes.signout import signout
from minisrv.routes.signup import reference
from minisrv.settings import Settings
from minisrv.web.error_handlers import EXCEPTION_HANDLERS, error_response
from minisrv.web.framing import OneLengthOnly
from minisrv.web.safe_routes import safe
from minisrv.web.security_headers import SecurityHeaders
from minisrv.web.shutdown import ShutdownResponseMiddleware
from minisrv.web.trusted_hosts import KnownHosts

Endpoint = Callable[[Request], object]

ROUTES = {
    "signup": reference,
    "signin": Route("/api/signin", signin, methods=["POST"]),
    "refresh": Route("/api/refresh", refresh, methods=["POST"]),
    "me": Route("/api/me", me, methods=["GET"]),
    "signout": Route("/api/signout", signout, methods=["POST"]),
    "sessions": Route("/api/sessions", sessions, methods=["GET", "DELETE"]),
    "session": Route("/api/sessions/{id}", session, methods=["DELETE"]),
    "password": Route("/api/password", password, methods=["POST"]),
    "playlists": Route("/api/playlists", playlists, methods=["GET", "POST", "DELETE"]),
    "playlist": Route("/api/playlists/{id}", playlist, methods=["DELETE"]),
    "health": Route("/health", health, methods=["GET"]),
    "description": Route("/openapi.json", description, methods=["GET"]),
    "page": Route("/", page, methods=["GET"]),
    "static": Route("/static/{name}", static, methods=["GET"]),
}


@dataclass
class Resources:
    """Everything that requests share, as `request.app.state`; several apps may use it in turn."""

    settings: Settings
    engine: Engine
    database: Database
    reader: Reader
    workers: BoundedPool

    @classmethod
    def open(cls, settings: Settings) -> "Resources":
        """Open the database and the hashing pool, or raise SQLAlchemyError."""
        engine = open_engine(settings.database_url)
        threads = settings.hash_threads or usable_cores()
        workers = BoundedPool("minisrv-hash", threads, most_waiting=settings.most_waiting)
        return cls(settings, engine, open_database(engine), Reader(engine), workers)

    def close(self) -> None:
        """Close the threads and the connections; none is opened after this.

        Otherwise a task that a route left running would open a connection that nobody closes.
        """
        self.workers.close()
        self.reader.close()
        engines.close(self.engine)


def create_app(settings: Settings | None = None, **endpoints: Endpoint | Route) -> Starlette:
    """Return the app; each keyword replaces the route of that name by an endpoint or a Route.

    Raises ValueError if there is no such name, and SQLAlchemyError if the database cannot be
    opened. An app with a replaced route is for class: it accepts requests from this machine only.
    """
    settings = settings or Settings()
    emails.accept_test_domain = not settings.production
    return assemble(Resources.open(settings), **endpoints)


def assemble(resources: Resources, **endpoints: Endpoint | Route) -> Starlette:
    """Return an app over open resources: routes can be replaced while the accounts stay."""
    guard = Middleware(
        KnownHosts,
        settings=resources.settings,
        weak=bool(endpoints),
        error_response=error_response,
    )
    app = Starlette(
        routes=table(**endpoints),
        middleware=[Middleware(OneLengthOnly), guard],
        exception_handlers=EXCEPTION_HANDLERS,
        lifespan=_lifespan,
    )
    # Outermost by hand: Starlette sends its 500 outside of the middleware that it is given.
    stack = app.build_middleware_stack()
    app.middleware_stack = SecurityHeaders(ShutdownResponseMiddleware(stack))
    app.router.redirect_slashes = False  # a redirect would repeat the Host header
    app.state = resources  # type: ignore[assignment]  # so a route finds request.app.state.database
    return app


def table(**endpoints: Endpoint | Route) -> list[Route]:
    """Return all routes, with `endpoints` in place, or raise ValueError for an unknown name."""
    unknown = sorted(set(endpoints) - set(ROUTES))
    if unknown:
        raise ValueError(f"There is no endpoint {unknown[0]!r}; there are {', '.join(ROUTES)}.")
    return [_placed(name, endpoints.get(name, ours)) for name, ours in ROUTES.items()]


def _placed(name: str, endpoint: Endpoint | Route) -> Route:
    """Return the route `name`; our own handler, also inside a wrapper, is made safe by default."""
    ours, route = ROUTES[name], endpoint
    if not isinstance(route, Route):
        route = Route(ours.path, endpoint, methods=sorted(ours.methods or ()))
    return safe(route) if inspect.unwrap(route.endpoint) is ours.endpoint else route


@asynccontextmanager
async def _lifespan(app: Starlette) -> AsyncIterator[None]:
    # asyncio.to_thread uses this pool: routes wait for the database in it.
    database_pool = BoundedPool("minisrv-database", patience=engines.BUSY_SECONDS)
    asyncio.get_running_loop().set_default_executor(database_pool)
    yield
    app.state.close()
