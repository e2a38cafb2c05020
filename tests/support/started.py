"""minisrv as a command in processes of its own, over a file of SQLite, for tests that end it."""

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
import requests

from minisrv import Settings
from tests.support.actor import PASSWORD, Visitor
from tests.support.paths import ROOT

SECRET = "a key of the tests, long enough for HS256"


@dataclass
class Started:
    """A running command: where it answers, and the file that holds its database."""

    process: subprocess.Popen[str]
    url: str
    file: Path
    settings: Settings = Settings(secret=SECRET)  # noqa: RUF009  frozen; its cookie's name counts

    def visitor(self, email: str, password: str = PASSWORD) -> Visitor:
        """Return somebody who comes to it."""
        return Visitor(self, email, password)  # type: ignore[arg-type]

    def family(self) -> list[psutil.Process]:
        """Return the processes that it has started."""
        return psutil.Process(self.process.pid).children(recursive=True)

    def kill(self) -> None:
        """End it and its processes at once, with nothing tidied up."""
        for one in [psutil.Process(self.process.pid), *self.family()]:
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
        family = psutil.Process(self.process.pid).children(recursive=True)
        serving = [one for one in family if _serves(one)]
        return {one.pid: sum(one.cpu_times()[:2]) for one in serving}

    def wait_for_hashing(self) -> None:
        """Wait until requests have arrived: the server works, which it does not when idle."""
        family = [psutil.Process(self.process.pid)]
        family += family[0].children(recursive=True)
        before = sum(sum(one.cpu_times()[:2]) for one in family)
        end = time.monotonic() + 60
        while sum(sum(one.cpu_times()[:2]) for one in family) - before < 0.2:
            assert time.monotonic() < end
            time.sleep(0.01)


@contextmanager
def started(
    folder: Path, *options: str, stderr: int | None = None, **variables: str
) -> Iterator[Started]:
    """Run the command over `folder`/trax.sqlite3 until the end of the `with`."""
    file = folder / "trax.sqlite3"
    environment = {
        "MINISRV_SECRET": SECRET,
        "MINISRV_DATABASE_URL": f"sqlite:///{file}",
        "MINISRV_BCRYPT_COST": "4",
        **variables,
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "minisrv", "--port", "0", *options],
        cwd=ROOT,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=stderr,
        encoding="utf-8",
    )
    try:
        server = Started(process, process.stdout.readline().split()[-1], file)
        _wait_until_it_answers(server.url)
        yield server
    finally:
        family = psutil.Process(process.pid).children(recursive=True) if _runs(process) else []
        process.terminate()
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()
        for one in family:
            if one.is_running():
                one.kill()
        process.stdout.close()


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


def _serves(process: psutil.Process) -> bool:
    try:
        return any("spawn_main" in word for word in process.cmdline())
    except psutil.NoSuchProcess:  # gone, or a zombie
        return False


def _runs(process: subprocess.Popen[str]) -> bool:
    return process.poll() is None


def _wait_until_it_answers(url: str) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            requests.get(url + "/health", timeout=60)
            return
        except requests.ConnectionError:
            time.sleep(0.05)
    raise TimeoutError(url)
