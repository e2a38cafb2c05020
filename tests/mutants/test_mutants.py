"""Every mutant is killed by the test that it names, and by a notebook where it names one.

A mutant survives if its test passes. If its test is skipped, for want of PostgreSQL for instance,
nothing is known about the mutant and it is skipped, too. The notebooks' runs are slow.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.mutants.all import MUTANTS
from tests.support.paths import ROOT
from tests.support.tiers import chosen, slow, turns

WAITS = [slow(name) for name, mutant in MUTANTS.items() if mutant.waits]
QUICK = [name for name, mutant in MUTANTS.items() if not mutant.waits]
BY_DAY = chosen(4, QUICK)  # and all others in the slow tier, each time
WITH_TEST = [name if name in BY_DAY else slow(name) for name in QUICK] + WAITS
NOTEBOOKS = sorted({mutant.notebook for mutant in MUTANTS.values() if mutant.notebook})
# What notebooks show in a forked kernel is what they show in one of their own: a seventh each day.
PLAIN_RUNS = ["tests/http/test_signup.py"]
PLAIN_RUNS += [slow(f"notebooks/{name}.ipynb") for name in turns(NOTEBOOKS)]
WITH_NOTEBOOK = [slow(name) for name, mutant in MUTANTS.items() if mutant.notebook]


class Runner:
    """Runs of pytest, one after the other, in forks of one process (see warm.py)."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[str] | None = None

    def __call__(self, target: str, mutant: str = "") -> dict[str, str]:
        """Return the verdict of a run of pytest on `target`."""
        if self.process is None or not hasattr(os, "fork"):
            self.close()
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.mutants.warm"],
                cwd=ROOT,
                env=os.environ | {"PYTHONPATH": str(ROOT / "notebooks")},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                encoding="utf-8",
            )
        print(json.dumps({"target": target, "mutant": mutant}), file=self.process.stdin, flush=True)
        return json.loads(self.process.stdout.readline())

    def close(self) -> None:
        """End the process."""
        if self.process is not None:
            self.process.communicate()


@pytest.fixture(scope="session")
def runner() -> Iterator[Runner]:
    one = Runner()
    yield one
    one.close()


def assert_killed(name: str, verdict: dict[str, str]) -> None:
    if verdict["outcome"] == "skipped":
        pytest.skip(f"nothing is known about {name}: {verdict['text']}")
    assert verdict["outcome"] == "failed", f"{name}: {verdict['outcome']}\n{verdict['text']}"


@pytest.mark.parametrize("name", WITH_TEST)
def test_a_mutant_is_killed_by_a_test(name: str, runner: Runner) -> None:
    assert_killed(name, runner(MUTANTS[name].test, name))


@pytest.mark.parametrize("name", WITH_NOTEBOOK)
def test_a_mutant_is_killed_by_a_notebook(name: str, runner: Runner) -> None:
    assert_killed(name, runner(f"notebooks/{MUTANTS[name].notebook}.ipynb", name))


@pytest.mark.parametrize("target", PLAIN_RUNS)
def test_without_a_mutant_the_same_run_is_green(target: str, runner: Runner) -> None:
    verdict = runner(target)
    assert verdict["outcome"] == "passed", verdict["text"]


def test_a_mutant_whose_test_is_skipped_is_skipped_and_one_that_survives_is_red() -> None:
    with pytest.raises(pytest.skip.Exception, match="nothing is known about m: no PostgreSQL"):
        assert_killed("m", {"outcome": "skipped", "text": "no PostgreSQL"})
    for outcome in ("passed", "broken"):
        with pytest.raises(AssertionError, match=f"m: {outcome}"):
            assert_killed("m", {"outcome": outcome, "text": ""})
