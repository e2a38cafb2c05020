"""`python -m benchmarks.cold_starts`: a cold and a warm request to functions in the small cloud.

Each function is run by the loop that a student writes (lesson 11), and by AWS's own runtime where
it is installed, in turns. A figure is the median of its rounds, and only ratios within one run mean
anything. Left out: downloads, machines and networks, which a real cold start has besides.
"""

import argparse
import json
import secrets
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import requests

from benchmarks.report import aligned, machine
from benchmarks.servers import ROOT
from classroom import exercises
from classroom.checking.answer_cell import answer_cell
from classroom.serverless import Cloud, zip_of
from classroom.serverless.cloud import AWS_S
from classroom.serverless.student_code import BEFORE

RESULTS = ROOT / "benchmarks" / "results" / "cold_starts.json"
ONE_LINE = """
def handler(event, context):
    return {"statusCode": 200, "body": event["rawPath"]}
"""
STARLETTE = """
from mangum import Mangum
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route


async def health(request):
    return PlainTextResponse(request.url.path)


handler = Mangum(Starlette(routes=[Route("/health", health)]), lifespan="off")
"""


@dataclass(frozen=True)
class Function:
    """A function: its name, its code, its handler, and its variables."""

    name: str
    code: str = ""
    handler: str = "app.handler"
    variables: Mapping[str, str] = field(default_factory=dict)


FUNCTIONS = (
    Function("one line", ONE_LINE),
    Function("Starlette", STARLETTE),
    Function(
        "minisrv",
        handler="minisrv.serve.lambda_.handler",
        variables={
            "MINISRV_SECRET": secrets.token_urlsafe(32),
            "MINISRV_DATABASE_URL": "sqlite:///{shared}/trax.sqlite3",
        },
    ),
)


def main(arguments: list[str] | None = None) -> int:
    """Measure, print and write; return the exit status."""
    given = _parser().parse_args(arguments)
    loops = ["a student's"] + (["AWS's"] if find_spec("awslambdaric") else [])
    kinds = [(function, loop) for function in FUNCTIONS for loop in loops]
    rounds: dict[tuple[str, str], list[dict[str, float]]] = {}
    for number in range(given.rounds):
        print(f"round {number + 1} of {given.rounds}", file=sys.stderr, flush=True)
        turn = number % len(kinds)
        for function, loop in [*kinds[turn:], *kinds[:turn]]:
            one = measured(function, loop, given.requests)
            rounds.setdefault((function.name, loop), []).append(one)
    rows = [(*key, _median(rounds[key])) for key in ((one.name, loop) for one, loop in kinds)]
    print(aligned(_table(rows)))
    if len(loops) == 1:
        print("\nSkipped: AWS's loop, since awslambdaric is not installed (it is for Linux only).")
    each = [(*key, one) for key, several in rounds.items() for one in several]
    told = {"machine": machine(), "figures": rows, "rounds": each}
    given.json.parent.mkdir(parents=True, exist_ok=True)
    given.json.write_text(json.dumps(told, indent=2, ensure_ascii=False), encoding="utf-8")
    return 0


def measured(function: Function, loop: str, count: int) -> dict[str, float]:
    """Return the seconds of Python's start alone, of a cold request and of a warm one."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", "pass"], check=True)
    figures = {"python_s": time.perf_counter() - start}
    files = {"app.py": function.code, "student.py": BEFORE + _students_loop()}
    program = runtime(loop, function.handler)
    options = {"runtime": program, "environment": function.variables}
    with Cloud(zip_of(files), function.handler, **options) as cloud:
        times = [_seconds(cloud) for _ in range(1 + count)]
        handled = [row["events"] for row in cloud.instances]
    if handled != [len(times)]:
        raise RuntimeError(f"{function.name}, {loop} loop: not all requests met one instance.")
    figures |= {"cold_s": times[0], "warm_s": statistics.median(times[1:])}
    figures |= {"ratio": figures["cold_s"] / figures["warm_s"]}
    return figures | {"starts": figures["cold_s"] / figures["python_s"]}


def runtime(loop: str, handler: str) -> Sequence[str]:
    """Return the command of a process that runs the loop with this handler."""
    if loop == "AWS's":
        return AWS_S
    code = "import student; from minisrv.serve.lambda_loop import load; student.loop(load('{}'))"
    return (sys.executable, "-c", code.format(handler))


def _seconds(cloud: Cloud) -> float:
    response = requests.get(cloud.url + "/health", timeout=60)
    if response.status_code != 200:
        raise RuntimeError(f"The function answered {response.status_code}. {cloud.why}")
    return response.elapsed.total_seconds()


def _students_loop() -> str:
    exercise = exercises.load("serverless-loop")
    return answer_cell(exercise, exercise.solution)


def _median(rounds: list[dict[str, float]]) -> dict[str, float]:
    return {name: statistics.median(one[name] for one in rounds) for name in rounds[0]}


def _table(rows: Sequence[tuple[str, str, dict[str, float]]]) -> list[tuple[str, ...]]:
    head = ("function", "loop", "cold", "warm", "cold ÷ warm", "cold ÷ start of Python")
    lines = [
        (f"{1000 * one['cold_s']:.0f} ms", f"{1000 * one['warm_s']:.1f} ms")
        + (f"{one['ratio']:.0f} ×", f"{one['starts']:.1f} ×")
        for _, _, one in rows
    ]
    return [head, *((*row[:2], *line) for row, line in zip(rows, lines, strict=True))]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cold_starts", description=__doc__)
    parser.add_argument("--rounds", type=int, default=7, help="how often each is measured")
    parser.add_argument("--requests", type=int, default=50, help="warm requests in each round")
    parser.add_argument("--json", type=Path, default=RESULTS, help="where the figures go")
    return parser


if __name__ == "__main__":
    sys.exit(main())
