"""A PostgreSQL for tests: COURSE_POSTGRES_URL, or one that is started here and thrown away.

Its fixtures are `own` and `url`; a module imports those that it needs. A test is skipped, visibly,
where neither is to be had.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from benchmarks.servers import free_port


@dataclass
class Postgres:
    """A PostgreSQL of our own, which a test may stop and start."""

    url: str
    run: Callable[..., None]
    options: tuple[str, ...]

    def stop(self) -> None:
        """End it at once, as a crash would."""
        self.run("pg_ctl", "-m", "immediate", "-w", "stop")

    def start(self) -> None:
        """Start it, and return when it answers."""
        self.run("pg_ctl", *self.options, "-w", "start")


@pytest.fixture(scope="module")
def own() -> Iterator[Postgres]:
    """A PostgreSQL that is ours."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin")) or [Path("/nowhere")]
    if not (found[-1] / "initdb").exists():
        pytest.skip("PostgreSQL is not installed")
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    as_whom: list[str] = []
    if os.getuid() == 0:  # PostgreSQL refuses to run as root
        shutil.chown(folder, "postgres")
        as_whom = ["runuser", "-u", "postgres", "--"]
    port, log = free_port(), folder / "log"

    def run(program: str, *arguments: str) -> None:
        command = [*as_whom, str(found[-1] / program), "-D", str(folder / "data"), *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=folder)

    run("initdb", "-A", "trust", "-U", "lessons")
    options = ("-l", str(log), "-o", f"-p {port} -k {folder} -c listen_addresses=127.0.0.1")
    started = Postgres(f"postgresql://lessons@127.0.0.1:{port}/postgres", run, options)
    started.start()
    yield started
    started.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def url(request: pytest.FixtureRequest) -> str:
    """The URL of the database that was given, or of our own."""
    given = os.environ.get("COURSE_POSTGRES_URL")
    return given or request.getfixturevalue("own").url
