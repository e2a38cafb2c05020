"""Thread pools for work that would block the event loop: hash a password, wait for the database.

bcrypt releases Python's lock (the GIL) while it works, so threads are enough. More hashing threads
than cores would not hash faster: they would only slow everything else down.
"""

import asyncio
import math
import os
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Any, ParamSpec, TypeVar

from minisrv.errors import Overloaded

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


def usable_cores() -> int:
    """Return how many cores this process may run on."""
    if hasattr(os, "sched_getaffinity"):  # Linux: a container may have fewer than the machine
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class BoundedPool(ThreadPoolExecutor):
    """A thread pool that raises Overloaded for work that would have to wait too long.

    Python's own pool takes any amount of work. While a lock is held, each of its threads waits for
    that lock, takes the next piece of work and waits again: the last client in the queue gets its
    response minutes later. An endless queue can also fill the memory (OWASP, Denial of Service).
    Work that has begun is never interrupted.
    """

    def __init__(
        self,
        name: str,
        threads: int | None = None,
        patience: float = math.inf,
        most_waiting: float = math.inf,
    ) -> None:
        """Make a pool of `threads`, None for as many as Python thinks best; `name` begins theirs.

        Work may wait `patience` seconds for a thread. `run` takes `most_waiting` pieces of work at
        a time, running ones included.
        """
        super().__init__(threads, thread_name_prefix=name)
        self._patience, self._most_waiting, self._waiting = patience, most_waiting, 0

    async def run(
        self, function: Callable[Arguments, Result], *args: Arguments.args, **kw: Arguments.kwargs
    ) -> Result:
        """Return `function(*args, **kw)`, or raise what it raises; the event loop stays free.

        Raises Overloaded at once when `most_waiting` pieces of work are there already.
        """
        if self._waiting >= self._most_waiting:
            raise Overloaded
        self._waiting += 1  # only the event loop's thread changes it, so no lock is needed
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self, partial(function, *args, **kw))
        finally:
            self._waiting -= 1

    def submit(self, function: Callable[..., Any], /, *args: Any, **kw: Any) -> Future[Any]:
        """Call `function(*args, **kw)` once a thread is free; the future may raise Overloaded.

        `run` and the event loop call this, and so does asyncio.to_thread in the loop's own pool.
        """
        latest = time.monotonic() + self._patience
        return super().submit(_call_until, latest, function, *args, **kw)

    def close(self) -> None:
        """End each thread when its present work is done; drop the work that has not begun."""
        self.shutdown(wait=False, cancel_futures=True)


def _call_until(latest: float, function: Callable[..., Any], *args: Any, **kw: Any) -> Any:
    if time.monotonic() > latest:
        raise Overloaded
    return function(*args, **kw)
