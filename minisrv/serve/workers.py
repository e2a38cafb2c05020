"""Serve with one process or with several at one socket; the system spreads the connections.

Processes share the database and the secret and nothing else, so everything that must hold for all
of them is in the database. Left out: several machines, which need PostgreSQL and a load balancer.
"""

import multiprocessing
import signal
import threading
from contextlib import suppress
from dataclasses import replace
from functools import partial
from socket import socket

from sqlalchemy import make_url
from starlette.applications import Starlette
from uvicorn.supervisors import Multiprocess, multiprocess

from minisrv.app import create_app
from minisrv.db.engines import in_memory
from minisrv.pools import usable_cores
from minisrv.routes.signup import LADDER
from minisrv.serve.logs import LOGGING
from minisrv.serve.server import Server, config
from minisrv.settings import Settings

OPEN_FILES = 10_240  # macOS takes no more; there it is 256 at first, and a class is larger


def serve(settings: Settings, rung: str | None, listener: socket, workers: int) -> None:
    """Serve at `listener` with `workers` processes until told to stop; `rung` as in `make_app`."""
    allow_many_connections()
    if workers > 1:  # more threads than cores, in all processes together, would not hash faster
        threads = settings.hash_threads or -(-usable_cores() // workers)  # rounded up
        settings = replace(settings, hash_threads=threads)
    app = partial(make_app, settings, rung)  # each process makes its own: an app cannot be pickled
    options = config(
        app,
        settings,
        own_user_only=rung is not None,  # a weak route
        factory=True,
        workers=workers,
        log_config=LOGGING,
    )
    with suppress(KeyboardInterrupt):  # uvicorn raises it again when it has shut down
        if workers == 1:
            Server(options).run(sockets=[listener])
        else:
            multiprocess.Process = Worker  # Multiprocess offers no other way to choose the class
            Multiprocess(options, sockets=[listener]).run()


def make_app(settings: Settings, rung: str | None) -> Starlette:
    """Return the app, with the sign-up route `rung` of the ladder if one is named."""
    return create_app(settings, **({"signup": LADDER[rung]} if rung else {}))


class Worker(multiprocess.Process):
    """One of several processes."""

    def start(self) -> None:
        """Start it. It ignores SIGINT until its imports are done, as it would print a traceback."""
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # which the child inherits
        try:
            super().start()
        finally:
            signal.signal(signal.SIGINT, before)

    def target(self, sockets: list[socket] | None = None) -> None:
        """Serve until told to stop; this runs in the new process."""
        stop_with_parent()
        self._server = Server(self.config)
        super().target(sockets)


def stop_with_parent() -> None:
    """From now on stop when the parent process has ended, also if it was killed.

    Otherwise the workers would keep its port, and nobody could start the server again.
    """

    def _wait() -> None:
        multiprocessing.parent_process().join()
        signal.raise_signal(signal.SIGTERM)  # running requests are still answered

    threading.Thread(target=_wait, name="minisrv-parent", daemon=True).start()


def allow_many_connections() -> None:
    """Raise the limit of open files as far as the system allows; each connection is one."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = OPEN_FILES if hard == resource.RLIM_INFINITY else min(OPEN_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def check_workers(settings: Settings, workers: int) -> None:
    """Raise ValueError, with the next step, unless so many processes can serve."""
    if not 1 <= workers <= 64:
        raise ValueError(f"workers is {workers}, but must be a whole number from 1 to 64.")
    if workers > 1 and in_memory(make_url(settings.database_url)):
        raise ValueError("Several workers need a database that they share: give --database-url.")
