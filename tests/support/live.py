"""minisrv, really served on this machine, for tests that speak HTTP.

Its fixtures are for all tests, by way of conftest.py. Left out: the classroom's Server, which has
tests of its own.
"""

import socket
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPMessage, HTTPResponse

import pytest
from sqlalchemy import text
from starlette.applications import Starlette

from classroom.server.server_thread import ServerThread
from minisrv import Settings, create_app
from minisrv.db.models import Base
from minisrv.serve.server import bind

SECRET = "qY46S1RGcddfzMsJo4t-pxWCJZZ7-zA7mdm7OkcfRnE"  # of secrets.token_urlsafe(32)


@dataclass(frozen=True)
class Answer:
    """An answer as it came over the wire."""

    status: int
    headers: HTTPMessage
    body: bytes


@dataclass(frozen=True)
class Live:
    """A server that runs: where it is, its app, and a look into its database."""

    port: int
    app: Starlette
    settings: Settings
    connections: Collection[object] = ()  # those that are open

    @property
    def url(self) -> str:
        """The address that students use."""
        return f"http://127.0.0.1:{self.port}"

    def rows(self, table: str) -> list[dict[str, object]]:
        """Return all rows of `table`, the oldest first."""
        with self.app.state.database() as session:
            rows = session.execute(text(f"SELECT * FROM {table} ORDER BY 1")).mappings()
            return [dict(row) for row in rows]

    def run(self, statement: str) -> None:
        """Run one SQL statement and commit."""
        with self.app.state.database.begin() as session:
            session.execute(text(statement))

    def empty(self) -> None:
        """Delete all rows of all tables."""
        with self.app.state.database.begin() as session:
            for table in reversed(Base.metadata.sorted_tables):
                session.execute(text(f"DELETE FROM {table.name}"))

    def says(self, request: bytes, timeout: float = 60) -> Answer:
        """Return the answer to the bytes of `request`, sent as they are."""
        with socket.create_connection(("127.0.0.1", self.port), timeout) as wire:
            wire.sendall(request)
            return read_answer(wire, request.split(b" ", 1)[0].decode("latin-1"))


def read_answer(wire: socket.socket, method: str = "POST") -> Answer:
    """Read one answer to a request of `method` from `wire`."""
    response = HTTPResponse(wire, method=method)
    response.begin()
    return Answer(response.status, response.headers, response.read())


def settings_of_tests(**values: object) -> Settings:
    """Return Settings for a test: cheap hashes, a database in memory, a known key."""
    defaults = {"secret": SECRET, "database_url": "sqlite://", "bcrypt_cost": 4, "port": 0}
    return Settings(**{**defaults, **values})


@contextmanager
def serve(settings: Settings | None = None, **endpoints: object) -> Iterator[Live]:
    """Serve for the length of a `with`; `endpoints` replace our own routes."""
    settings = settings or settings_of_tests()
    listener = bind(settings.host, settings.port)
    app = create_app(settings, **endpoints)
    # Without a log configuration of its own uvicorn's log is pytest's, shown when a test fails.
    options = {"lifespan": "on", "log_level": None, "timeout_graceful_shutdown": 60}
    thread = ServerThread(app, settings, listener, name="server of the tests", **options)
    thread.start()
    try:
        yield Live(listener.getsockname()[1], app, settings, thread.connections)
    finally:
        assert thread.stop(60)


@pytest.fixture(scope="session")
def running() -> Iterator[Live]:
    """One server for all tests that do not change it."""
    with serve() as server:
        yield server


@pytest.fixture
def server(running: Live) -> Live:
    """The server, with nobody signed up."""
    running.empty()
    return running
