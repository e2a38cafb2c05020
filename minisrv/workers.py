"""Threads for hashing: as many as there are cores, so that the event loop stays free for others.

bcrypt lets go of Python's lock while it works, so threads are enough. More threads than cores would
not hash faster; they would only make everybody else wait. Left out: a limit on who may queue.
"""

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


def usable_cores() -> int:
    """Return how many cores this process may run on."""
    if hasattr(os, "sched_getaffinity"):  # Linux: a container may have fewer than the machine
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Workers:
    """A pool of `usable_cores()` threads."""

    def __init__(self) -> None:
        """Open the pool; its threads start with the first work."""
        self._pool = ThreadPoolExecutor(usable_cores(), thread_name_prefix="minisrv-hash")

    async def run(
        self, function: Callable[Arguments, Result], *args: Arguments.args, **kw: Arguments.kwargs
    ) -> Result:
        """Return what `function(*args)` returns, or raise what it raises, without blocking."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._pool, lambda: function(*args, **kw))

    def close(self) -> None:
        """End the threads once their present work is done."""
        self._pool.shutdown(wait=False, cancel_futures=True)
