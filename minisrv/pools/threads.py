"""Threads for what may have to wait, which is the database; and nobody waits long for a thread.

Python's own pool takes work without end. While a lock is held, each thread waits for it, then takes
the next piece of work and waits again, and the last in the queue is answered minutes later. Left
out: threads for hashing, which is work and no waiting (workers.py).
"""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from minisrv.limits import Overloaded


class Punctual(ThreadPoolExecutor):
    """A pool of threads that refuses with Overloaded what has waited too long for one of them."""

    def __init__(self, patience: float, threads: int | None = None) -> None:
        """Let work wait for `patience` seconds; `threads` are as many as Python thinks best."""
        super().__init__(threads, thread_name_prefix="minisrv-wait")
        self._patience = patience

    def submit(self, function: Callable[..., Any], /, *args: Any, **kw: Any) -> Future[Any]:
        """Begin `function(*args, **kw)` as soon as a thread is free, if that is soon enough."""
        return super().submit(_in_time, time.monotonic() + self._patience, function, *args, **kw)


def _in_time(latest: float, function: Callable[..., Any], *args: Any, **kw: Any) -> Any:
    if time.monotonic() > latest:
        raise Overloaded
    return function(*args, **kw)
