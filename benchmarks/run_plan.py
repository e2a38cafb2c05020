"""Run a plan in a process of its own, so that its clients do not slow this process down.

Left out: what a plan is (plan.py), and the clients (load.py).
"""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict

from benchmarks.plan import Outcome, Plan
from benchmarks.servers import ROOT

SAMPLING = 0.25  # seconds between two calls of `meanwhile`
MARGIN = 30.0  # seconds more than the plan's own limit, for the start of Python


def run_plan(plan: Plan, meanwhile: Callable[[], object] = lambda: None) -> Outcome:
    """Return the outcome of `plan`, or raise TimeoutExpired if it does not end by itself."""
    command = [sys.executable, "-m", "benchmarks.load", json.dumps(asdict(plan))]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8") as load:
        try:
            for left in range(int((plan.limit + MARGIN) / SAMPLING), -1, -1):
                try:
                    said, _ = load.communicate(timeout=SAMPLING)
                    break
                except subprocess.TimeoutExpired:
                    if not left:
                        raise
                    meanwhile()
        finally:
            load.kill()
    return _parsed(json.loads(said))


def _parsed(outcome: dict) -> Outcome:
    for name in ("statuses", "watched"):  # JSON has no numbers for names
        outcome[name] = Counter({int(status): n for status, n in outcome[name].items()})
    return Outcome(**outcome)
