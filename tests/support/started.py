"""minisrv as a command in processes of its own, over a file of SQLite, for tests that end it."""

import sqlite3
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psutil
import requests

from benchmarks.servers import Family
from classroom.server.child_process import minisrv_environment
from minisrv import Settings
from tests.support.live import SECRET
from tests.support.paths import ROOT
from tests.support.processes import command_of
from tests.support.visitor import PASSWORD, Visitor


class Started(Family):
    """The running command, and the `file` that holds its database."""

    stop_seconds = 60.0

    def __init__(self, folder: Path, *options: str, **variables: str) -> None:
        """Run the command over `folder`/trax.sqlite3; `variables` are those of the environment."""
        self.file, self.settings = folder / "trax.sqlite3", Settings(secret=SECRET)
        url = f"sqlite:///{self.file}"
        environment = minisrv_environment(secret=SECRET, database_url=url, bcrypt_cost=4)
        command = [sys.executable, "-m", "minisrv", "--port", "0", *options]
        super().__init__(command, environment | variables, folder=ROOT)

    def visitor(self, email: str, password: str = PASSWORD) -> Visitor:
        """Return somebody who comes to it."""
        return Visitor(self, email, password)  # type: ignore[arg-type]

    def family(self) -> list[psutil.Process]:
        """Return the process itself and those that it has started."""
        return [psutil.Process(self.process.pid), *self.descendants()]

    def kill(self) -> None:
        """End it and its processes at once, with nothing tidied up."""
        for one in self.family():
            one.kill()
        self.process.wait(60)

    def emails(self) -> list[str]:
        """Return the addresses of all accounts, read from the file."""
        with closing(sqlite3.connect(self.file)) as connection:
            return [row[0] for row in connection.execute("SELECT email FROM users ORDER BY id")]

    def run(self, statement: str) -> None:
        """Run one SQL statement in the file, and commit."""
        with closing(sqlite3.connect(self.file)) as connection, connection:
            connection.execute(statement)

    def worked(self) -> dict[int, float]:
        """Return the seconds that each of the serving processes has used of a core."""
        serving = [one for one in self.descendants() if "spawn_main" in command_of(one)]
        return {one.pid: sum(one.cpu_times()[:2]) for one in serving}


def status_of(visitor: Visitor) -> int:
    """Return the status of a sign-up, 0 when no answer came."""
    try:
        return visitor.signs_up().status_code
    except requests.RequestException:
        return 0


def wait_until(holds: Callable[[], bool]) -> None:
    """Return once `holds` does; fail after a minute."""
    end = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)
