"""The command that compares cold and warm requests measures what it says; nothing is timed here.

Left out: the figures themselves (benchmarks/README.md).
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import cold_starts
from classroom.serverless.cloud import AWS_S
from tests.support.paths import ROOT

pytestmark = pytest.mark.slow
LOOPS = ["a student's", "AWS's"] if sys.platform == "linux" else ["a student's"]


def test_each_function_is_measured_with_each_loop_and_a_cold_request_takes_longer(
    tmp_path: Path,
) -> None:
    written = tmp_path / "results" / "figures.json"
    options = ["--rounds", "1", "--requests", "5", "--json", str(written)]
    command = [sys.executable, "-m", "benchmarks.cold_starts", *options]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", timeout=300)
    assert done.returncode == 0, done.stderr
    told = json.loads(written.read_text(encoding="utf-8"))
    figures = told["figures"]
    names = [(name, loop) for name in ("one line", "Starlette", "minisrv") for loop in LOOPS]
    assert [(name, loop) for name, loop, _ in figures] == names
    assert all(one["cold_s"] > one["warm_s"] and one["ratio"] > 1 for _, _, one in figures)
    assert sorted(told["rounds"], key=str) == sorted(figures, key=str)  # there was one round
    assert len(done.stdout.splitlines()) >= 1 + len(names)


def test_the_loops_differ_and_a_function_that_fails_is_no_figure() -> None:
    assert cold_starts.runtime("AWS's", "app.handler") == AWS_S
    assert "student.loop" in cold_starts.runtime("a student's", "app.handler")[-1]
    raises = cold_starts.Function("raises", "def handler(event, context):\n    return 1 / 0\n")
    with pytest.raises(RuntimeError, match=r"answered 502\. The handler raised ZeroDivisionError"):
        cold_starts.measured(raises, "a student's", 1)
