"""Threads for hashing: as many as there are cores, so that the event loop stays free for others.

bcrypt lets go of Python's lock while it works, so threads are enough. More threads than cores would
not hash faster; they would only make everybody else wait. Left out: a fair turn for each visitor.
"""

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from minisrv.limits import Overloaded

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


def usable_cores() -> int:
    """Return how many cores this process may run on."""
    if hasattr(os, "sched_getaffinity"):  # Linux: a container may have fewer than the machine
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Workers:
    """A pool of threads, and a queue of bounded length before it."""

    def __init__(self, most_waiting: int, threads: int = 0) -> None:
        """Open the pool with `threads`, 0 meaning one for each core.

        It takes `most_waiting` pieces of work at a time, those in hand included.
        """
        size = threads or usable_cores()
        self._pool = ThreadPoolExecutor(size, thread_name_prefix="minisrv-hash")
        self._most_waiting, self._waiting = most_waiting, 0

    async def run(
        self, function: Callable[Arguments, Result], *args: Arguments.args, **kw: Arguments.kwargs
    ) -> Result:
        """Return what `function(*args)` returns, or raise what it raises, without blocking.

        Raises Overloaded at once when the queue is full: it would be answered too late to matter,
        and an endless queue is a way to fill the memory of a server (OWASP, Denial of Service).
        """
        if self._waiting >= self._most_waiting:
            raise Overloaded
        self._waiting += 1  # only ever touched by the event loop, so no lock is needed
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._pool, lambda: function(*args, **kw))
        finally:
            self._waiting -= 1

    def close(self) -> None:
        """End the threads once their present work is done."""
        self._pool.shutdown(wait=False, cancel_futures=True)
