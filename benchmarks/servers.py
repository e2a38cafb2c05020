"""The servers that are measured, each a process of its own.

All take their port, database and bcrypt cost as arguments, and serve POST /api/signup, GET /api/me
and GET /health. Left out: their code (peers/).
"""

import secrets
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "notebooks"))  # where classroom is

from classroom.server.child_process import ChildProcess, minisrv_environment  # noqa: E402


@dataclass(frozen=True)
class Kind:
    """A name, a command with {port}, {database}, {cost}, and SQL for the stored addresses."""

    name: str
    command: tuple[str, ...]
    addresses: str = "SELECT email FROM users"


class Family(ChildProcess):
    """A child process that may start processes of its own, which end with it."""

    def stop(self) -> None:
        """End the process and all that it started, and wait for their end; safe to call twice."""
        started = self.descendants()
        super().stop()
        for one in started:
            if one.is_running():
                one.kill()
        psutil.wait_procs(started, self.stop_seconds)

    def descendants(self) -> list[psutil.Process]:
        """Return the processes that it has started and that are alive."""
        try:
            return psutil.Process(self.process.pid).children(recursive=True)
        except psutil.NoSuchProcess:
            return []

    def resident(self) -> float:
        """Return the resident memory of the process and its children, in MB of 10^6 bytes."""
        family = [psutil.Process(self.process.pid), *self.descendants()]
        return sum(one.memory_info().rss for one in family) / 1e6


class Running(Family):
    """A server of one kind at `port`, with its `database` file."""

    def __init__(self, kind: Kind, cost: int, database: Path) -> None:
        """Start it; RuntimeError, with what it printed, when it does not respond."""
        self.kind, self.database, self.port = kind, database, free_port()
        self.name = kind.name
        values = {"port": self.port, "database": database.as_posix(), "cost": cost}
        command = [part.format_map(values) for part in kind.command]
        environment = minisrv_environment(bcrypt_cost=cost, secret=secrets.token_urlsafe(32))
        url = f"http://127.0.0.1:{self.port}"
        super().__init__(command, environment, url, folder=ROOT)


_MINISRV = (sys.executable, "-m", "minisrv", "--port", "{port}")
MINISRV = Kind("minisrv", (*_MINISRV, "--database-url", "sqlite:///{database}"))
HELLO = Kind("bare hello", (sys.executable, "-m", "benchmarks.hello", "{port}"))


@contextmanager
def serve(kind: Kind, cost: int) -> Iterator[Running]:
    """Serve for the length of a `with`, a fresh database each time; RuntimeError: it would not."""
    with (
        TemporaryDirectory(prefix="benchmark-", ignore_cleanup_errors=True) as folder,
        Running(kind, cost, Path(folder, "accounts.sqlite3")) as running,
    ):
        yield running


def free_port() -> int:
    """Return a port that nobody uses at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
