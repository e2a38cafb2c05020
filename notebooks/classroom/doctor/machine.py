"""Whether this computer has memory, cores and a clock as the lessons need them.

A container may use less than the computer has: Linux writes that into its control groups
(docs.kernel.org, cgroup-v2). Left out: control groups of version 1, and disks.
"""

from __future__ import annotations

import time
from pathlib import Path

CGROUP = Path("/sys/fs/cgroup")
FOR_A_NOTEBOOK = 200  # MB; a kernel has about 110 and a peak of 250, and this one runs already
FOR_BROWSERS = 1500  # MB, both browsers of lesson 09
NEW_YEAR_2026 = 1767225600  # seconds since 1970; this course is younger than that


def clock() -> str:
    """the clock is right, roughly"""
    return "" if time.time() > NEW_YEAR_2026 else "set the clock: tokens depend on it"


def memory() -> str:
    """there is memory for a notebook"""
    return _need(FOR_A_NOTEBOOK, "close other notebooks and programs")


def memory_for_browsers() -> str:
    """there is memory for two browsers (lesson 09)"""
    return _need(FOR_BROWSERS, "shut down the kernels of other notebooks before lesson 09")


def cores() -> str:
    """there is a core for this notebook"""
    words = _read("cpu.max").split()  # "50000 100000": 50 ms of each 100
    if len(words) != 2 or words[0] == "max" or int(words[0]) >= int(words[1]):
        return ""
    share = 100 * int(words[0]) // int(words[1])
    return f"only {share} % of one: measured times are longer than the lessons say"


def free_megabytes(folder: Path = CGROUP) -> int | None:
    """Return how much memory a program can still have here, or None if nothing says so."""
    free = []
    try:
        import psutil

        free.append(psutil.virtual_memory().available)
    except ImportError:
        pass  # another row says so
    limit, used = _read("memory.max", folder), _read("memory.current", folder)
    if limit.isdigit() and used.isdigit():
        free.append(int(limit) - int(used))
    return min(free) // 1_000_000 if free else None


def _need(megabytes: int, do: str) -> str:
    free = free_megabytes()
    return "" if free is None or free >= megabytes else f"only {free} MB are free: {do}"


def _read(name: str, folder: Path = CGROUP) -> str:
    try:
        return (folder / name).read_text(encoding="utf-8").strip()
    except OSError:
        return ""
