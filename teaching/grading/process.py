"""Run one job of judge.py in a process of its own, and end it with all its children.

Left out: a container or another account, in which a teacher runs the whole (INSTRUCTORS.md).
"""

import json
import os
import secrets
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from teaching import NOTEBOOKS, ROOT
from teaching.grading.asked import Asked
from teaching.grading.limits import MEGABYTE

MOST_READ = 64 * 1024  # bytes of the process's output
TOO_LATE = "There was no verdict within {} seconds: a loop without an end, or very slow code."
ENDED = "The process ended before the verdict: os._exit, a crash, or too much memory."
# What Python and a socket need on each system; nothing else of the teacher's goes to the code.
KEPT = ("PATH", "SYSTEMROOT", "SYSTEMDRIVE", "LANG", "LC_ALL", "LD_LIBRARY_PATH")


@dataclass(frozen=True)
class Limits:
    """Seconds on the clock, and megabytes of memory, for one answer."""

    seconds: int = 60
    memory: int = 3072


@dataclass(frozen=True)
class Judged:
    """The verdict on one answer, why, and how many seconds it took."""

    verdict: str
    why: str
    seconds: float = 0.0


def judge_apart(asked: Asked, cells: Sequence[str], seed: int, limits: Limits) -> Judged:
    """Return the verdict on the answer to an exercise in the code cells of a notebook."""
    secret = secrets.token_hex(16)
    job = {"id": asked.id, "setup": asked.setup, "cells": list(cells)}
    job |= {"seed": seed, "secret": secret}
    job |= {"memory": limits.memory * MEGABYTE, "seconds": 2 * limits.seconds}
    start = time.monotonic()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        in_time, printed = _run(json.dumps(job), Path(folder), limits.seconds)
    seconds = time.monotonic() - start
    for line in printed.splitlines():
        said, _, verdict = line.partition(" ")
        if said == secret:
            return Judged(**json.loads(verdict), seconds=seconds)
    if not in_time:
        return Judged("no verdict", TOO_LATE.format(limits.seconds), seconds)
    return Judged("no verdict", ENDED, seconds)


def _run(job: str, folder: Path, seconds: float) -> tuple[bool, str]:
    """Return True if the process ended in time, and the beginning of what it wrote to stdout."""
    # A file, and no pipe: a process that is left over would keep a pipe open.
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as output:
        given.write(job.encode())
        given.seek(0)
        process = subprocess.Popen(
            [sys.executable, "-m", "teaching.grading.judge"],
            stdin=given,
            stdout=output,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env=_environment(folder),
            start_new_session=True,  # so that its children can be ended with it
        )
        try:
            process.wait(seconds)
            in_time = True
        except subprocess.TimeoutExpired:
            in_time = False
        finally:
            _end(process)
        output.seek(0)
        return in_time, output.read(MOST_READ).decode(errors="replace")


def _environment(folder: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    homes = dict.fromkeys(("HOME", "USERPROFILE", "TMPDIR", "TEMP", "TMP"), str(folder))
    path = os.pathsep.join((str(ROOT), str(NOTEBOOKS)))
    return kept | homes | {"PYTHONPATH": path, "PYTHONUTF8": "1", "PYTHONNOUSERSITE": "1"}


def _end(process: subprocess.Popen) -> None:
    """End the process and its children, unless they have left its session."""
    if os.name == "nt":
        if process.poll() is None:
            command = ["taskkill", "/F", "/T", "/PID", str(process.pid)]
            subprocess.run(command, capture_output=True)
    else:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.wait()
