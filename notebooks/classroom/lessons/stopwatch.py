"""Measure how long a piece of work takes on this computer.

Left out: repeated rounds and their statistics. A bar on a logarithmic scale does not need them.
"""

import time
from collections.abc import Callable


def milliseconds(work: Callable[[], object], at_least: float = 0.05) -> float:
    """Return the shortest time that `work()` took, in milliseconds.

    It runs again and again for `at_least` seconds. The shortest time counts, because other programs
    can only make a run slower.
    """
    best, end = float("inf"), time.perf_counter() + at_least
    while True:
        start = time.perf_counter()
        work()
        now = time.perf_counter()
        best = min(best, now - start)
        if now > end:
            return best * 1000
