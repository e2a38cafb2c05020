"""The same server on PostgreSQL: COURSE_POSTGRES_URL, or one that is started here and thrown away.

Skipped, visibly, where neither is to be had.
"""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from actor import Visitor, assert_refused
from live import Live, serve, settings_of_tests


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    if "COURSE_POSTGRES_URL" in os.environ:
        yield os.environ["COURSE_POSTGRES_URL"]
        return
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin")) or [Path("/nowhere")]
    if not (found[-1] / "initdb").exists():
        pytest.skip("PostgreSQL is not installed, and COURSE_POSTGRES_URL is not set")
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
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1"
    run("pg_ctl", "-l", str(log), "-o", options, "-w", "start")
    yield f"postgresql://lessons@127.0.0.1:{port}/postgres"
    run("pg_ctl", "-m", "immediate", "-w", "stop")
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def postgres(url: str) -> Iterator[Live]:
    with serve(settings_of_tests(database_url=url)) as server:
        server.empty()
        yield server


def test_a_visit_from_sign_up_to_sign_out(postgres: Live) -> None:
    ada = Visitor(postgres)
    assert ada.signs_up().status_code == 201
    assert_refused(Visitor(postgres).signs_up(), 409, "email_taken")
    number = ada.adds_playlist("Night trains").json()["id"]
    assert_refused(ada.removes_playlist("9" * 9), 404, "not_found")
    assert ada.removes_playlist(number).status_code == 204
    token = ada.token
    assert ada.signs_out().status_code == 204
    ada.token = token
    assert_refused(ada.asks_me(), 401, "not_signed_in")
    assert ada.signs_in().status_code == 200


def test_of_sixteen_sign_ups_at_once_one_wins(postgres: Live) -> None:
    with ThreadPoolExecutor(16) as pool:
        visitors = [Visitor(postgres, "grace@trax.test") for _ in range(16)]
        answers = list(pool.map(lambda visitor: visitor.signs_up().status_code, visitors))
    assert sorted(answers) == [201] + [409] * 15
