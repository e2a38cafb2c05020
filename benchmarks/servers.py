"""Servers as processes of their own: how each is started, asked whether it is up, and stopped.

All take their port, database and bcrypt cost as arguments, and answer POST /api/signup, GET /api/me
and GET /health alike. Left out: what they are made of (peers/).
"""

import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil

ROOT = Path(__file__).resolve().parents[1]
START_SECONDS = 30.0
STOP_SECONDS = 10.0


@dataclass(frozen=True)
class Kind:
    """A name, a command with {port}, {database}, {cost}, and SQL for the stored addresses."""

    name: str
    command: tuple[str, ...]
    addresses: str = "SELECT email FROM users"


@dataclass(frozen=True)
class Running:
    """A server that answers at `port`, and the seconds from its start to its first answer."""

    kind: Kind
    process: psutil.Popen
    port: int
    database: Path
    seconds: float

    def resident(self) -> float:
        """Return the resident memory of the process and its children, in MB of 10^6 bytes."""
        return sum(one.memory_info().rss for one in family(self.process)) / 1e6


_MINISRV = (sys.executable, "-m", "minisrv", "--port", "{port}")
MINISRV = Kind("minisrv", (*_MINISRV, "--database-url", "sqlite:///{database}"))
HELLO = Kind("bare hello", (sys.executable, "-m", "benchmarks.hello", "{port}"))


@contextmanager
def serve(kind: Kind, cost: int) -> Iterator[Running]:
    """Serve for the length of a `with`, a fresh database each time; RuntimeError: it would not."""
    with TemporaryDirectory(prefix="benchmark-", ignore_cleanup_errors=True) as folder:
        log, database, port = Path(folder, "log"), Path(folder, "accounts.sqlite3"), free_port()
        values = {"port": port, "database": database.as_posix(), "cost": cost}
        command = [part.format_map(values) for part in kind.command]
        start = time.perf_counter()
        with log.open("wb") as said:
            process = psutil.Popen(
                command, cwd=ROOT, env=_environment(cost), stdout=said, stderr=subprocess.STDOUT
            )
        try:
            seconds = wait_until_it_answers(process, port, start)
            if not seconds:
                tail = log.read_text(encoding="utf-8", errors="replace")[-2000:]
                raise RuntimeError(f"{kind.name} did not start. {tail.strip()}")
            yield Running(kind, process, port, database, seconds)
        finally:
            stop(process)


def stop(process: psutil.Popen) -> None:
    """End the process and all that it started, politely at first, and wait for their end."""
    members = family(process)
    if members:
        process.terminate()
    late = psutil.wait_procs(members, STOP_SECONDS)[1]
    for one in late:
        one.kill()
    psutil.wait_procs(late, STOP_SECONDS)
    process.wait(STOP_SECONDS)


def family(process: psutil.Popen) -> list[psutil.Process]:
    """Return the process and its descendants that are alive."""
    try:
        return [process, *process.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def wait_until_it_answers(
    process: psutil.Popen, port: int, start: float, path: str = "/health"
) -> float:
    """Return the seconds from `start` until GET `path` was answered 200; 0 when it never was."""
    while process.poll() is None and time.perf_counter() < start + START_SECONDS:
        connection = HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", path)
            if connection.getresponse().status == 200:
                return time.perf_counter() - start
        except (OSError, HTTPException):
            time.sleep(0.01)
        finally:
            connection.close()
    return 0.0


def free_port() -> int:
    """Return a port that nobody uses at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _environment(cost: int) -> dict[str, str]:
    others = {k: v for k, v in os.environ.items() if not k.upper().startswith("MINISRV_")}
    ours = {"MINISRV_BCRYPT_COST": str(cost), "MINISRV_SECRET": secrets.token_urlsafe(32)}
    return {**others, **ours, "PYTHONUTF8": "1"}
