"""One uvicorn server in a thread of this process, with an event loop of its own.

What a thread prints appears in the cell that happens to run, so nothing is logged by default.
"""

import asyncio
import socket
import threading
import time
from collections.abc import Collection, Sequence

import uvicorn
from starlette.types import ASGIApp

from classroom.server.endable_threads import EndableThreads, raise_in
from classroom.server.quiet_threads import THREADS, hush_threads
from minisrv.serve import server
from minisrv.settings import Settings

START_SECONDS = 30.0
STOP_SECONDS = 1.0
RESPONSE_SECONDS = 1.0
QUIET = {
    "lifespan": "off",  # live_server.py opens and closes the database, which outlives each app
    "log_config": None,
    "log_level": None,  # it would be that of all servers in the kernel (quiet_threads.py)
    "timeout_graceful_shutdown": 0,  # a class does not wait for a hanging request
}


class ServerThread:
    """A thread that serves one ASGI app at one socket from `start` to `stop`."""

    def __init__(
        self,
        app: ASGIApp,
        settings: Settings,
        listener: socket.socket,
        *,
        also: Sequence[socket.socket] = (),
        name: str = THREADS[0],
        **options: object,
    ) -> None:
        """Prepare to serve `app`, a function or a callable object, at the bound `listener`.

        `also` are more bound sockets to serve it at; `name` is the thread's; `options` are those of
        `uvicorn.Config` and replace those in QUIET.
        """
        self._listeners = [listener, *also]
        self.loop: asyncio.AbstractEventLoop | None = None
        self._is_stopped = False
        self._workers = EndableThreads()  # for `def` routes and asyncio.to_thread
        # uvicorn would guess the interface, and take a bound method for ASGI 2.
        fixed = {"interface": "asgi3", "ws": "none"}
        config = server.config(app, settings, own_user_only=True, **{**QUIET, **options, **fixed})
        self._uvicorn = uvicorn.Server(config)
        # A daemon ends with the kernel, also when the kernel is killed: nothing is left behind.
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Serve, and return once requests are answered, or raise RuntimeError."""
        hush_threads()
        self._thread.start()
        end = time.monotonic() + START_SECONDS
        # When the start fails the thread ends and `started` never becomes true: look at both.
        while not self._uvicorn.started:
            if not self._thread.is_alive() or time.monotonic() > end:
                self.stop()
                raise RuntimeError("The server did not start; restart the kernel and try again.")
            time.sleep(0.002)

    def responds(self) -> bool:
        """Return True if the event loop runs; an endless loop in a route blocks it."""
        if self.loop is None or not self._thread.is_alive():
            return False
        turned = threading.Event()
        self.loop.call_soon_threadsafe(turned.set)
        return turned.wait(RESPONSE_SECONDS)

    @property
    def connections(self) -> Collection[object]:
        """The connections that are open now."""
        return self._uvicorn.server_state.connections

    def stop(self, seconds: float = STOP_SECONDS) -> bool:
        """End the thread and free the port, in at most 2 * `seconds`; safe to call twice.

        Return True if the thread ended by itself, False if it had to be interrupted.
        """
        self._uvicorn.should_exit = self._is_stopped = True
        self.end_work()
        self._wait(seconds)
        ended = not self._thread.is_alive()
        if not ended:
            self._interrupt()
            self._wait(seconds)
        for listener in self._listeners:
            listener.close()  # the thread has done so, unless it hangs
        return ended

    def end_work(self) -> None:
        """End what `def` routes and `asyncio.to_thread` still do in threads."""
        self._workers.end_work()

    def _wait(self, seconds: float) -> None:
        if self._thread.ident is not None:
            self._thread.join(seconds)

    def _interrupt(self) -> None:
        """Raise SystemExit in the thread: nothing else ends an endless loop in a route."""
        raise_in(self._thread.ident or 0, SystemExit)

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except BaseException:  # SystemExit from _interrupt, or what trips over the closed port
            if not self._is_stopped:
                raise

    async def _serve(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.loop.set_default_executor(self._workers)
        # asyncio would log what it cannot raise to stderr, which is some cell's output.
        self.loop.set_exception_handler(lambda loop, context: None)
        await self._uvicorn.serve(sockets=self._listeners)
        for connection in list(self._uvicorn.server_state.connections):
            connection.transport.abort()  # over TLS a close would wait for the client's reply
        await asyncio.sleep(0)  # one turn of the loop, in which the sockets are closed
