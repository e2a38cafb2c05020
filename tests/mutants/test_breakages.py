"""Every breakage on the list turns a test red, and a notebook.

Each runs in processes of its own, with breaking/sitecustomize.py at work. Left out: the same runs
without a breakage; those are the rest of the tests.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.mutants.mutants import BREAKAGES

ROOT = Path(__file__).resolve().parents[2]


def outcome(name: str, path: Path) -> subprocess.CompletedProcess[str]:
    """Run pytest on `path` until the first failure, with one thing broken."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-n0", "-p", "broken", str(path)]
    broken = {"COURSE_BREAKAGE": name, "PYTHONPATH": str(ROOT / "tests" / "mutants" / "breaking")}
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST_")}
    return subprocess.run(
        command,
        cwd=ROOT,
        env=environment | broken,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
    )


def assert_red(name: str, path: Path) -> None:
    """1 is pytest's status for failed tests; 2 and more would be a mistake in how it was run."""
    assert path.exists(), path
    done = outcome(name, path)
    assert done.returncode == 1, f"{name} went unnoticed by {path.name}:\n{done.stdout[-3000:]}"
    assert " failed" in done.stdout, done.stdout[-3000:]


@pytest.mark.parametrize("name", BREAKAGES)
def test_a_breakage_turns_a_test_red(name: str) -> None:
    assert_red(name, next((ROOT / "tests").glob(f"*/{BREAKAGES[name].tests}.py")))


@pytest.mark.parametrize("name", [name for name, it in BREAKAGES.items() if it.notebook])
def test_a_breakage_turns_a_notebook_red(name: str) -> None:
    assert_red(name, ROOT / "notebooks" / f"{BREAKAGES[name].notebook}.ipynb")


def test_without_a_breakage_the_same_run_is_green() -> None:
    environment = {"PYTHONPATH": str(ROOT / "tests" / "mutants" / "breaking")}
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-n0", "notebooks/00-start-here.ipynb"]
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ | environment, capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stdout[-3000:]
