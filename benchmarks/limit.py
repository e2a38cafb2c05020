"""The physical limit: how many hashes a second all cores make when they do nothing else.

A hash is timed while every core hashes, as in a storm of sign-ups. A core alone, while its
neighbours are idle, is faster than that.
"""

import time
from concurrent.futures import ThreadPoolExecutor
from itertools import count

import bcrypt

from minisrv.pools import usable_cores


def hashes_a_second(cost: int, seconds: float) -> float:
    """Return cores ÷ seconds a hash, measured for about `seconds` with bcrypt at `cost`."""
    salt, cores = bcrypt.gensalt(cost), usable_cores()

    def hash_until(end: float) -> tuple[int, float]:
        for done in count(1):
            bcrypt.hashpw(b"x" * 64, salt)
            now = time.perf_counter()
            if now >= end:
                return done, now
        raise AssertionError

    with ThreadPoolExecutor(cores) as pool:
        start = time.perf_counter()
        each = list(pool.map(hash_until, [start + seconds] * cores))
    return sum(done / (end - start) for done, end in each)
