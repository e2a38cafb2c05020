"""Serve with several processes at one socket: the system hands each connection to one of them.

They share the database and the secret, and nothing else; so what counts for all stands in the
database. Left out: sharing between machines, which takes PostgreSQL and a balancer in front.
"""

import multiprocessing
import signal
import threading
from contextlib import suppress
from dataclasses import dataclass, replace
from socket import socket

from sqlalchemy import make_url
from starlette.applications import Starlette
from uvicorn.supervisors import Multiprocess, multiprocess

from minisrv.app import create_app
from minisrv.db.engines import in_memory
from minisrv.pools import usable_cores
from minisrv.routes.signup import LADDER
from minisrv.serve.server import config
from minisrv.settings import Settings
from minisrv.web.stopping import Server

OPEN_FILES = 10_240  # macOS takes no more; there it is 256 at first, and a class is larger


@dataclass(frozen=True)
class Factory:
    """Makes the app in each process: settings and a rung's name travel there, an app cannot."""

    settings: Settings
    signup: str | None = None

    def __call__(self) -> Starlette:
        """Return the app; raises as `create_app` does."""
        end_with_parent()
        return create_app(self.settings, **({"signup": LADDER[self.signup]} if self.signup else {}))


class Worker(multiprocess.Process):
    """One of several processes; it serves as the only one does."""

    def start(self) -> None:
        """Start it deaf to Ctrl-C, which else would meet it half imported, until it can serve."""
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # a child inherits that
        try:
            super().start()
        finally:
            signal.signal(signal.SIGINT, before)

    @property
    def server(self) -> Server:
        """The server of this process, made when it is asked for the first time."""
        if self._server is None:
            self._server = Server(self.config)
        return self._server


def end_with_parent() -> None:
    """From now on stop when the process that started this one is gone, however it ended.

    Else its workers would go on serving at its port, and nobody could start it anew.
    """
    parent = multiprocessing.parent_process()
    if parent is None:  # the only process
        return

    def _wait() -> None:
        parent.join()
        signal.raise_signal(signal.SIGTERM)  # as if told to: those in hand are answered first

    threading.Thread(target=_wait, name="minisrv-parent", daemon=True).start()


def allow_many_connections() -> None:
    """Raise the limit of open files, each connection being one, as far as the system allows it."""
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
        raise ValueError("workers is a whole number from 1 to 64.")
    if workers > 1 and in_memory(make_url(settings.database_url)):
        raise ValueError("Several workers need a database that they share: give --database-url.")


def serve(factory: Factory, listener: socket, workers: int) -> None:
    """Serve at `listener` with `workers` processes until told to stop; one needs no other."""
    allow_many_connections()
    if workers > 1:  # more threads than cores, over all processes, would hash no faster
        threads = factory.settings.hash_threads or -(-usable_cores() // workers)  # rounded up
        factory = replace(factory, settings=replace(factory.settings, hash_threads=threads))
    options = config(factory, factory.settings, factory=True, workers=workers, log_level="warning")
    with suppress(KeyboardInterrupt):  # uvicorn has stopped by then, and raises it once more
        if workers == 1:
            Server(options).run(sockets=[listener])
        else:
            multiprocess.Process = Worker  # by this name Multiprocess makes them, and no other way
            Multiprocess(options, sockets=[listener]).run()
