"""How long a piece of work takes on this computer.

Left out: everything that makes a measurement a benchmark. For bars on a logarithmic scale it does.
"""

import time
from collections.abc import Callable


def milliseconds(work: Callable[[], object], at_least: float = 0.05) -> float:
    """Return how long `work()` took at its best, in milliseconds, from runs of `at_least` seconds.

    The best of several runs, since others can only slow this one down.
    """
    best, end = float("inf"), time.perf_counter() + at_least
    while True:
        start = time.perf_counter()
        work()
        now = time.perf_counter()
        best = min(best, now - start)
        if now > end:
            return best * 1000
