"""The benchmark measures what it says, and notices a server that loses accounts; nothing is timed.

Left out: how servers are started and ended (test_benchmark_servers.py).
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.sizes import TINY
from benchmarks.targets import Target, against_peers, shown, targets
from tests.support.paths import ROOT

pytestmark = pytest.mark.slow

# What Python runs at its start, in minisrv's own process only.
BROKEN = """
import sys
from itertools import count

if "minisrv" in sys.orig_argv:
    from minisrv.db import models
    add, numbers = models.add, count()

    def broken(database, row):
        if next(numbers) % 3:
            return add(database, row)
{otherwise}

    models.add = broken
"""
FORGETS = """
        with database() as session:
            session.add(row)
            session.flush()
            number = row.id  # and no commit
        row.id = number
        from minisrv.auth import session_list
        session_list.add = lambda *_: None  # which would notice that the user is not there
"""
FAILS = """
        raise OSError("disk full")
"""

# The command without its two dearest figures, for tests that are about other ones.
WITHOUT_JUPYTER = """
import sys
from benchmarks import __main__ as command
command.first_server = lambda: dict.fromkeys(
    ("kernel_import_s", "kernel_server_s", "kernel_stop_s"), 1.0
)
command.first_response = lambda: dict.fromkeys(("newcomer_s", "jupyterlab_s"), 1.0)
sys.exit(command.main())
"""


def benchmark(folder: Path, otherwise: str = "") -> tuple[subprocess.CompletedProcess[str], dict]:
    """Run the command in its smallest size; return how it ended, and the JSON that it wrote."""
    written = folder / "results" / "figures.json"
    code = ("-c", WITHOUT_JUPYTER) if otherwise else ("-m", "benchmarks")
    command = [sys.executable, *code, "--tiny", "--rounds", "1"]
    environment = dict(os.environ)
    if otherwise:
        (folder / "sitecustomize.py").write_text(BROKEN.format(otherwise=otherwise))
        environment["PYTHONPATH"] = os.pathsep.join([str(folder), str(ROOT)])
    done = subprocess.run(
        [*command, "--json", str(written)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done, json.loads(written.read_text(encoding="utf-8"))


def row(stdout: str, meaning: str) -> str:
    """Return the table's line that begins with `meaning`."""
    (line,) = [line for line in stdout.splitlines() if line.startswith(meaning)]
    return line


def test_the_command_measures_every_figure_and_writes_it_down(tmp_path: Path) -> None:
    done, written = benchmark(tmp_path)
    assert done.returncode == 0, done.stderr
    ours = written["servers"]["minisrv"]
    rows = targets(TINY)
    assert all(ours[it.figure] > 0 for it in rows if not it.meaning.startswith(("answ", "refu")))
    assert all(it.meaning in done.stdout for it in rows) and len(written["targets"]) == len(rows)
    assert ours["lost"] == ours["answered_5xx"] == ours["unserved"] == 0
    assert written["machine"]["cores"] >= 1 and len(written["rounds"]["minisrv"]) == 1


def test_a_server_that_loses_an_account_is_reported_as_such(tmp_path: Path) -> None:
    done, written = benchmark(tmp_path, FORGETS)
    ours = written["servers"]["minisrv"]
    assert done.returncode == 1 and ours["lost"] > 0 == ours["answered_5xx"], ours
    assert row(done.stdout, "answered 201 and not in the database").endswith("missed")


def test_a_server_that_answers_500_is_reported_as_such(tmp_path: Path) -> None:
    done, written = benchmark(tmp_path, FAILS)
    ours = written["servers"]["minisrv"]
    assert done.returncode == 1 and ours["answered_5xx"] > 0 == ours["lost"], ours
    assert row(done.stdout, "answered 5xx").endswith("missed")


def test_a_verdict_says_met_missed_or_nothing() -> None:
    assert Target("", "", most=2).verdict(2) == "met" and Target("", "").verdict(9) == ""
    assert Target("", "", most=2).verdict(2.1) == Target("", "", least=3).verdict(2) == "missed"
    assert (shown(0.974, "%"), shown(0.456, "s"), shown(12345.6, "/s")) == (
        "97 %",
        "0.456 s",
        "12,346 /s",
    )
    pool = {"health_p99_ms": 400.0, "me_p99_ms": 500.0}
    bounds = against_peers({"default thread pool": pool, "fastapi-users": {"me_a_second": 300.0}})
    assert [bound.bound() for bound in bounds] == ["≤ 20 ms", "≤ 25 ms", "≥ 1,500 /s"]
