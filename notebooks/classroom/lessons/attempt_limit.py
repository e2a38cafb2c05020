"""A limit on tries: so many under one key, an account or a source, then wait.

Left out, and needed by a real service: the counts lie in the memory of one process. A second
process counts anew, a restart forgets, and whoever tries many keys fills the memory.
"""

import math
import time
from collections.abc import Callable, Hashable

from minisrv.errors import Refused


class TooManyTries(Refused):
    """The limit is reached: RFC 6585 §4 names the status, and Retry-After the seconds to wait."""

    status = 429
    code = "too_many_tries"
    message = "Too many tries. Please wait."

    def __init__(self, seconds: float) -> None:
        """Ask for a pause of `seconds`, in whole minutes."""
        super().__init__()
        self.headers = {"Retry-After": str(60 * math.ceil(seconds / 60))}


class Throttle:
    """Lets `limit` tries through under each key, and then none until `seconds` are over."""

    def __init__(
        self, limit: int, seconds: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Begin with nothing counted; `clock` tells the seconds."""
        self.limit, self.seconds, self._clock = limit, seconds, clock
        self._tries: dict[Hashable, tuple[int, float]] = {}

    def take(self, key: Hashable) -> None:
        """Count one try under `key`, or raise TooManyTries.

        It belongs before the work: tries at once would all pass a look at the count after it.
        """
        now = self._clock()
        count, end = self._tries.get(key, (0, now))
        if count >= self.limit and now < end:
            raise TooManyTries(end - now)
        count = 0 if now >= end else count
        self._tries[key] = (count + 1, now + self.seconds)

    def forget(self, key: Hashable) -> None:
        """Start `key` over: its owner has shown to be there."""
        self._tries.pop(key, None)
