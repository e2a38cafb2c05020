"""Several processes at one socket: what has to hold for all of them stands in the database."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from actor import PASSWORD, assert_refused
from started import Started, started

from minisrv import Settings
from minisrv.processes import check_workers


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Started]:
    """Two processes over one SQLite file."""
    with started(tmp_path_factory.mktemp("both"), "--workers", "2") as server:
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


def test_whoever_is_signed_out_at_one_is_signed_out_at_the_other(both: Started) -> None:
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


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process without a word")
@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_stop_answers_those_who_wait(tmp_path: Path, workers: str) -> None:
    with started(tmp_path, "--workers", workers, MINISRV_BCRYPT_COST="12") as server:
        with ThreadPoolExecutor(9) as pool:
            people = [server.visitor(f"late-{number}@trax.test") for number in range(8)]
            asked = [pool.submit(one.signs_up) for one in people]
            server.wait_for_hashing()
            server.process.terminate()
            answers = [one.result().status_code for one in asked]
        assert answers == [201] * 8
        assert server.process.wait(timeout=60) in (0, -15)
        assert len(server.emails()) == 8


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
