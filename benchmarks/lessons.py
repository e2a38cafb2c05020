"""Measure the time to run and compare all lessons, against the starts of their kernels alone.

Left out: several at once, as `course.py test` runs them.
"""

import statistics
import subprocess
import sys
import time

from benchmarks.servers import ROOT
from tests.support.kernels import kernel
from tests.support.notebooks import PATHS

STARTS = 3


def under_strict_nbval() -> dict[str, float]:
    """Return the seconds of all lessons one after the other, and as a multiple of the starts."""
    notebooks = PATHS
    start = time.perf_counter()
    command = [sys.executable, "-m", "pytest", "-q", "-n0", "-p", "no:cacheprovider"]
    done = subprocess.run([*command, *map(str, notebooks)], cwd=ROOT, capture_output=True)
    if done.returncode:
        raise RuntimeError(f"A lesson differs: {done.stdout.decode(errors='replace')[-2000:]}")
    seconds = time.perf_counter() - start
    starts = statistics.median(_start() for _ in range(STARTS)) * len(notebooks)
    return {"lessons_s": seconds, "lessons": seconds / starts}


def _start() -> float:
    """Return the seconds until a kernel has the classroom."""
    start = time.perf_counter()
    with kernel() as one:
        one.run("from classroom import Server")
        return time.perf_counter() - start
