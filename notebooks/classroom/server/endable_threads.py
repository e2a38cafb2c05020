"""Threads whose work can be ended: a `def` route of a student may contain an endless loop.

The exception `Ended` is raised in the thread, at its next line of Python. Left out: a call that
waits in C, such as `time.sleep(3600)`; the exception is raised when it returns.
"""

import ctypes
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from classroom.server.quiet_threads import THREADS

MOST = 40  # threads, as many as Starlette has for `def` routes
LAST_CHANCE = 0.2  # seconds for work that is about to end by itself


class Ended(BaseException):
    """The server was started over, so nobody waits for this work any more."""


class EndableThreads(ThreadPoolExecutor):
    """A pool of threads; `end_work` ends what they do, and they take new work after it."""

    def __init__(self) -> None:
        """Begin with no thread; each starts when there is work for it."""
        super().__init__(MOST, thread_name_prefix=THREADS[0])
        self._at_work: set[int] = set()
        self._guard = threading.Lock()

    def submit(self, work: Callable[..., Any], /, *given: Any, **named: Any) -> Future[Any]:
        """Do `work` in a thread, as every executor does."""
        return super().submit(self._watched, work, *given, **named)

    def end_work(self) -> None:
        """Raise Ended in each thread that is still at work after a moment."""
        end = time.monotonic() + LAST_CHANCE
        while self._at_work and time.monotonic() < end:
            time.sleep(0.005)
        with self._guard:  # so no thread goes on to other work meanwhile
            for thread in list(self._at_work):
                raise_in(thread, Ended)

    def _watched(self, work: Callable[..., Any], *given: Any, **named: Any) -> Any:
        thread = threading.get_ident()
        with self._guard:
            self._at_work.add(thread)
        try:
            return work(*given, **named)
        finally:
            try:
                with self._guard:
                    self._at_work.discard(thread)
            finally:  # Ended may be raised here, when `end_work` has the guard and the work is done
                self._at_work.discard(thread)


def raise_in(thread: int, error: type[BaseException]) -> None:
    """Raise `error` in a thread of this process, by its ident: nothing else ends a loop in it."""
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(error))
