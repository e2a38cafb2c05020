"""Several processes at one socket: what must hold for all of them is in the database."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest
import requests

from minisrv import Settings
from minisrv.serve.workers import check_workers
from tests.support.processes import send_signal
from tests.support.renewals import renew_and_end
from tests.support.started import ROOT, Started, status_of, wait_until
from tests.support.storms import begun_sign_up, promised, response_to, storm
from tests.support.tiers import slow
from tests.support.visitor import PASSWORD, assert_refused


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Started]:
    """Two processes over one SQLite file."""
    with Started(tmp_path_factory.mktemp("both"), "--workers", "2") as server:
        yield server


def at_once(count: int, ask) -> list:
    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(ask, range(count)))


def test_both_processes_answer(both: Started) -> None:
    before = both.worked()
    answers = at_once(40, lambda number: both.visitor(f"both-{number}@trax.test").signs_up())
    assert Counter(answer.status_code for answer in answers) == {201: 40}
    after = both.worked()
    assert len(after) == 2 and all(after[pid] > before[pid] for pid in after)


def test_of_sixteen_sign_ups_at_once_one_wins(both: Started) -> None:
    answers = at_once(16, lambda _: both.visitor("grace@trax.test").signs_up())
    assert Counter(answer.status_code for answer in answers) == {201: 1, 409: 15}


def test_a_user_signed_out_at_one_is_signed_out_at_the_other(both: Started) -> None:
    ada = both.visitor("ada@trax.test")
    ada.signs_up()
    token = ada.token
    assert ada.signs_out().status_code == 204

    def asks_again(_: int) -> int:
        copy = both.visitor("ada@trax.test")
        copy.token = token
        return copy.asks_me().status_code

    assert set(at_once(20, asks_again)) == {401}


def test_guesses_are_counted_together(both: Started) -> None:
    both.visitor("linus@trax.test").signs_up()
    guesses = at_once(30, lambda _: both.visitor("linus@trax.test", "wrong").signs_in())
    assert Counter(answer.status_code for answer in guesses) == {401: 20, 429: 10}
    assert_refused(both.visitor("linus@trax.test").signs_in(), 429, "too_many_attempts")


def test_a_session_is_renewed_once_and_ends_once_whichever_is_asked(both: Started) -> None:
    before = both.worked()
    renew_and_end(lambda: both.visitor("ada.renews@trax.test"), both.run)
    after = both.worked()
    assert all(after[pid] > before[pid] for pid in after)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process without a word")
@pytest.mark.parametrize(
    ("workers", "stop"), [("1", "SIGTERM"), slow("2", "SIGTERM"), slow("2", "Ctrl-C")]
)
def test_a_stop_answers_those_who_wait(tmp_path: Path, workers: str, stop: str) -> None:
    with Started(tmp_path, "--workers", workers, MINISRV_BCRYPT_COST="11") as server:
        begun = [begun_sign_up(server, f"late-{number}@trax.test") for number in range(8)]
        if stop == "Ctrl-C":  # a terminal sends it to all its processes
            send_signal(server.descendants(), signal.SIGINT)
        server.process.send_signal(signal.SIGINT if stop == "Ctrl-C" else signal.SIGTERM)
        assert [response_to(one).status_code for one in begun] == [201] * 8
        assert server.process.wait(timeout=60) in (0, -15)
        assert len(server.emails()) == 8


@pytest.mark.parametrize("seed", [slow(0), slow(1), slow(2)])
def test_a_worker_that_is_killed_in_a_storm_is_replaced_and_nobody_is_lost(
    tmp_path: Path, seed: int
) -> None:
    with Started(tmp_path, "--workers", "2", MINISRV_BCRYPT_COST="9") as server:
        before = server.worked()
        with storm(server) as answers:
            wait_until(lambda: promised(answers))
            time.sleep(random.Random(seed).uniform(0, 0.1))
            first = max(before, key=lambda pid: server.worked()[pid] - before[pid])  # it is at work
            psutil.Process(first).kill()
        assert set(answers.values()) == {201, 0}  # 0: hung up on, without an answer
        there = server.emails()
        assert len(there) == len(set(there)) and promised(answers) <= set(there)
        wait_until(lambda: len(set(server.worked()) - {first}) == 2)
        assert set(before) - {first} < set(server.worked())
        again = Counter(status_of(server.visitor(name)) for name in answers)
        assert again[201] + again[409] == len(answers)


@pytest.mark.slow
def test_workers_end_with_the_process_that_started_them(tmp_path: Path) -> None:
    with Started(tmp_path, "--workers", "2") as server:
        workers = [psutil.Process(pid) for pid in server.worked()]
        assert len(workers) == 2
        psutil.Process(server.process.pid).kill()
        left = psutil.wait_procs(workers, timeout=20)[1]
        for one in left:  # else they would serve for ever
            one.kill()
        assert not left
        with pytest.raises(requests.ConnectionError):
            requests.get(server.url + "/health", timeout=60)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no Ctrl-C to one process alone")
@pytest.mark.parametrize("workers", ["1", slow("2")])
def test_ctrl_c_ends_it_without_a_word(tmp_path: Path, workers: str) -> None:
    with Started(tmp_path, "--workers", workers) as server:
        server.process.send_signal(signal.SIGINT)
        assert server.wait_for_end() == ""
        assert server.process.returncode == 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_it_takes_as_many_connections_as_the_system_allows() -> None:
    code = """
import resource
from minisrv.serve.workers import OPEN_FILES, allow_many_connections
hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
resource.setrlimit(resource.RLIMIT_NOFILE, (64, hard))
allow_many_connections()
soft, hard_now = resource.getrlimit(resource.RLIMIT_NOFILE)
assert hard_now == hard and soft == (OPEN_FILES if hard < 0 else min(OPEN_FILES, hard))
resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
allow_many_connections()
assert resource.getrlimit(resource.RLIMIT_NOFILE) == (64, 64)
"""
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


def test_several_processes_want_a_database_that_they_share() -> None:
    with pytest.raises(ValueError, match="share: give --database-url"):
        check_workers(Settings(database_url="sqlite://"), 2)
    check_workers(Settings(database_url="sqlite://"), 1)
    for number in (0, 65):
        with pytest.raises(ValueError, match="from 1 to 64"):
            check_workers(Settings(), number)


def test_the_command_says_so_in_one_sentence() -> None:
    command = [sys.executable, "-m", "minisrv", "--workers", "2", "--database-url", "sqlite://"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", env=os.environ)
    assert done.returncode == 2 and "Traceback" not in done.stderr
    assert "Several workers need a database that they share" in done.stderr
    assert PASSWORD not in done.stderr
