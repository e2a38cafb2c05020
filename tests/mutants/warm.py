"""Run pytest on one test, with or without a mutant, in a process that has its imports behind it.

    $ python -m tests.mutants.warm
    {"target": "tests/unit/test_emails.py::test_it", "mutant": "spellings-differ"}
    {"outcome": "failed", "text": "..."}

Each line of standard input is one run, in a fork of this process: pytest and the libraries are
imported once, and nothing of a run reaches the next one. Only the fork imports minisrv, after the
mutant was applied. Where there is no `os.fork`, the process ends after the first run.
"""

import contextlib
import gc
import importlib
import json
import os
import signal
import sys
import tempfile
import threading
import traceback
from pathlib import Path

import pytest

from tests.mutants.forked_kernel import fork_kernels

EVERYWHERE = Path(__file__).parent / "everywhere"
MOST_SECONDS = 300  # a run that takes longer hangs
OURS = {"minisrv", "classroom"}  # only a run imports these, after its mutant was applied
SLOW_TO_IMPORT = (
    "anyio._backends._asyncio",
    "argon2",
    "bcrypt",
    "email_validator",
    "h11",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "ipykernel.debugger",
    "ipykernel.kernelapp",
    "jinja2",
    "jwt",
    "nbval.kernel",
    "psutil",
    "requests",
    "schemathesis.engine.events",
    "schemathesis.reporting.html.writer",
    "schemathesis.reporting.junitxml",
    "schemathesis.reporting.recorders",
    "sqlalchemy.dialects.sqlite",
    "sqlalchemy.orm",
    "starlette.applications",
    "symtable",
    "tornado.platform.asyncio",
    "uvicorn.lifespan.on",
    "uvicorn.protocols.http.h11_impl",
)


class Reports:
    """A plugin of pytest that notes what became of the tests."""

    def __init__(self) -> None:
        self.outcomes: set[str] = set()
        self.reasons: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note failed and passed calls, and the reason of each skip."""
        if report.when == "call" or report.skipped:
            self.outcomes.add(report.outcome)
        if report.skipped:
            self.reasons.append(str(report.longrepr[2]))

    def verdict(self, status: int) -> dict[str, str]:
        """Return the outcome of the run as a whole: failed, passed, skipped or broken."""
        if status == pytest.ExitCode.TESTS_FAILED and "failed" in self.outcomes:
            return {"outcome": "failed"}
        if status == pytest.ExitCode.OK and self.outcomes == {"skipped"}:
            return {"outcome": "skipped", "text": self.reasons[0]}
        passed = status == pytest.ExitCode.OK and "passed" in self.outcomes
        return {"outcome": "passed" if passed else "broken"}


def run(target: str, mutant: str) -> dict[str, str]:
    """Run pytest on `target` until its first failure, with `mutant` unless it is ""."""
    # A skip must be seen as a skip, also where it counts as a failure of the whole suite.
    for name in [n for n in os.environ if n.startswith("PYTEST_") or n == "COURSE_NO_SKIP"]:
        del os.environ[name]
    os.environ["COURSE_DAYS"] = "7"  # the test may be one that is not run today
    if mutant:
        os.environ |= {"COURSE_MUTANT": mutant, "PYTHONPATH": str(EVERYWHERE)}
        sys.path.insert(0, str(EVERYWHERE))
        sys.modules.pop("sitecustomize", None)  # Debian's Python has one of its own
        importlib.import_module("sitecustomize")  # reads COURSE_MUTANT
    reports = Reports()
    options = ["-x", "-q", "-n0", "-m", "slow or not slow", "-p", "no:cacheprovider"]
    options += ["--tb=native"]  # pytest's own looks for each line of code in all modules
    options += ["-W", "ignore::pytest.PytestAssertRewriteWarning"]  # imported early on purpose
    return reports.verdict(pytest.main([*options, target], plugins=[reports]))


def run_into(folder: Path, request: dict[str, str]) -> None:
    """Run in this process: what is printed and the verdict become files in `folder`."""
    with (folder / "printed").open("wb") as printed:
        for number in (1, 2):
            os.dup2(printed.fileno(), number)
    verdict = run(**request)
    sys.stdout.flush()
    (folder / "verdict").write_text(json.dumps(verdict), encoding="utf-8")


def run_in_fork(folder: Path, request: dict[str, str]) -> None:
    """Do as `run_into`, in a child, and return when it has ended."""
    assert threading.active_count() == 1, "a fork copies the calling thread alone"
    if child := os.fork():
        os.waitpid(child, 0)
        return
    try:
        signal.alarm(MOST_SECONDS)
        if request["target"].endswith(".ipynb"):
            fork_kernels()
        run_into(folder, request)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(0)  # leave none of the clean-up of this process to its child


def warm_up() -> None:
    """Import what runs import, but for what a mutant breaks."""
    with open(os.devnull, "w") as nowhere, contextlib.redirect_stdout(nowhere):
        pytest.main(["-n0", "--noconftest", "--markers"])  # this imports all plugins
    sys.modules["debugpy"] = None  # type: ignore[assignment]  # a kernel does without it
    for name in SLOW_TO_IMPORT:
        importlib.import_module(name)
    assert not OURS & set(sys.modules)


def main() -> None:
    """Answer each line of standard input."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    warm_up()
    gc.freeze()  # the collector of a fork need not look at all this
    for line in sys.stdin:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (run_in_fork if hasattr(os, "fork") else run_into)(folder, json.loads(line))
            printed = (folder / "printed").read_text(encoding="utf-8", errors="replace")
            answer = {"outcome": "broken", "text": printed[-3000:]}
            if (folder / "verdict").exists():
                answer |= json.loads((folder / "verdict").read_text(encoding="utf-8"))
        print(json.dumps(answer), file=answers, flush=True)
        if not hasattr(os, "fork"):
            break


if __name__ == "__main__":
    main()
