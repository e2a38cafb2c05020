"""One uvicorn server in a thread of this process, with an event loop of its own.

Left out: what is served (switchboard.py), and logs: a thread that prints does so into whichever
cell happens to run, so nothing is printed here.
"""

import asyncio
import ctypes
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import uvicorn
from starlette.types import ASGIApp

from classroom.server.quiet_threads import THREADS, hush_threads
from minisrv.serve import server
from minisrv.settings import Settings

START_SECONDS = 10.0
STOP_SECONDS = 1.0
ANSWER_SECONDS = 1.0


class Background:
    """A thread that serves one ASGI app at one socket from `start` to `stop`."""

    def __init__(self, app: ASGIApp, settings: Settings, listener: socket.socket) -> None:
        """Prepare to serve `app`, a function or a callable object, at the bound `listener`."""
        self._listener = listener
        self._loop: asyncio.AbstractEventLoop | None = None
        config = server.config(
            app,
            settings,
            interface="asgi3",  # uvicorn would guess, and take a bound method for ASGI 2
            ws="none",
            lifespan="off",  # the database outlives each app here: server.py opens and closes it
            log_config=None,
            log_level="critical",
            timeout_graceful_shutdown=0,  # a class does not wait for a hanging request
        )
        self._uvicorn = uvicorn.Server(config)
        # A daemon ends with the kernel, also when the kernel is killed: nothing is left behind.
        self._thread = threading.Thread(target=self._run, name=THREADS[0], daemon=True)

    def start(self) -> None:
        """Serve, and return once requests are answered, or raise RuntimeError."""
        hush_threads()
        self._thread.start()
        end = time.monotonic() + START_SECONDS
        # When the start fails the thread ends and `started` never comes: look at both.
        while not self._uvicorn.started:
            if not self._thread.is_alive() or time.monotonic() > end:
                self.stop()
                raise RuntimeError("The server did not start; restart the kernel and try again.")
            time.sleep(0.002)

    def answers(self) -> bool:
        """Tell whether the event loop turns; a route with an endless loop in it stops it."""
        if self._loop is None or not self._thread.is_alive():
            return False
        turned = threading.Event()
        self._loop.call_soon_threadsafe(turned.set)
        return turned.wait(ANSWER_SECONDS)

    def stop(self) -> None:
        """End the thread and free the port, in at most 2 * STOP_SECONDS; again is harmless."""
        self._uvicorn.should_exit = True
        self._wait()
        if self._thread.is_alive():
            self._break_in()
            self._wait()
        self._listener.close()  # the thread has done so, unless it hangs

    def _wait(self) -> None:
        if self._thread.ident is not None:
            self._thread.join(STOP_SECONDS)

    def _break_in(self) -> None:
        """Raise SystemExit in the thread: nothing else ends an endless loop in a route."""
        ctypes.pythonapi.PyThreadState_SetAsyncExc(
            ctypes.c_ulong(self._thread.ident or 0), ctypes.py_object(SystemExit)
        )

    def _run(self) -> None:
        with suppress(SystemExit):  # from _break_in, which nobody needs to hear of
            asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        # Named, so that what its threads have to say is known to be no cell's (quiet.py).
        self._loop.set_default_executor(ThreadPoolExecutor(thread_name_prefix=THREADS[0]))
        # asyncio would log what it cannot raise to stderr, which is some cell's output.
        self._loop.set_exception_handler(lambda loop, context: None)
        await self._uvicorn.serve(sockets=[self._listener])
        for connection in list(self._uvicorn.server_state.connections):
            connection.transport.abort()  # over TLS a close would wait for the client's goodbye
        await asyncio.sleep(0)  # one turn of the loop, in which the sockets are closed
