"""The load, in a process of its own: `python -m tests.benchmarks.load PLAN` takes a plan as JSON
and prints what came of it as JSON.

Clients stand in a closed loop: each sends its next request when the last is answered. All is
bounded in number and time, and goes to 127.0.0.1 only. Left out: reading at speed (readers.py).
"""

import asyncio
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.benchmarks import readers
from tests.benchmarks.wire import Dropped, Wire


@dataclass(frozen=True)
class Plan:
    """What to send: `signups` new accounts, or GET `path` for `seconds`; `watch`ed paths beside."""

    port: int
    at_once: int
    limit: float  # seconds, after which everything ends
    signups: int = 0  # how many, or none
    label: str = ""  # makes the addresses of this plan its own
    path: str = ""
    cookie: str = ""
    seconds: float = 0.0
    watch: tuple[str, ...] = ()
    pause: float = 0.02  # seconds between two looks at a watched path


@dataclass
class Outcome:
    """What came of it; a status of 0 stands for a connection that ended without an answer."""

    seconds: float = 0.0
    statuses: Counter[int] = field(default_factory=Counter)
    accepted: list[str] = field(default_factory=list)  # addresses that were answered 201
    cookie: str = ""  # as the last of them was given
    latencies: dict[str, list[float]] = field(default_factory=dict)  # seconds, of watched paths
    watched: Counter[int] = field(default_factory=Counter)


async def run(plan: Plan) -> Outcome:
    """Carry out the sign-ups of the plan, and watch meanwhile."""
    outcome, start = Outcome(), time.perf_counter()
    numbers = iter(range(plan.signups))
    watchers = [asyncio.create_task(_watches(plan, path, outcome)) for path in plan.watch]
    try:
        async with asyncio.timeout(plan.limit):
            await asyncio.gather(*(_signs_up(plan, numbers, outcome) for _ in range(plan.at_once)))
    except TimeoutError:
        outcome.statuses[0] += plan.signups - outcome.statuses.total()
    outcome.seconds = time.perf_counter() - start
    for watcher in watchers:
        watcher.cancel()
    await asyncio.gather(*watchers, return_exceptions=True)
    return outcome


async def _signs_up(plan: Plan, numbers: Iterator[int], outcome: Outcome) -> None:
    async with Wire(plan.port) as wire:
        for number in numbers:
            email = f"{plan.label}-{number}@trax.test"
            body = json.dumps({"email": email, "password": f"a long passphrase of {email}"})
            try:
                status, headers = await wire.ask("POST", "/api/signup", body=body.encode())
            except Dropped:
                outcome.statuses[0] += 1
                continue
            outcome.statuses[status] += 1
            if status == 201:
                outcome.accepted.append(email)
                outcome.cookie = headers.get("set-cookie", "").partition(";")[0]


async def _watches(plan: Plan, path: str, outcome: Outcome) -> None:
    latencies = outcome.latencies.setdefault(path, [])
    async with Wire(plan.port) as wire:
        while True:
            start = time.perf_counter()
            try:
                outcome.watched[await _status(wire, path, plan.cookie)] += 1
            finally:  # the one that is cut off at the end has waited, too
                latencies += _waits(time.perf_counter() - start, plan.pause)
            await asyncio.sleep(plan.pause)


def _waits(seconds: float, pause: float) -> list[float]:
    """Return how long those waited who came meanwhile, one each `pause`, and stood in line.

    Else a server that answers nobody for ten seconds would have one bad answer among many good.
    """
    return [seconds - pause * behind for behind in range(1 + int(seconds / pause))]


async def _status(wire: Wire, path: str, cookie: str) -> int:
    try:
        return (await wire.ask("GET", path, cookie))[0]
    except Dropped:
        return 0


def read(plan: Plan) -> Outcome:
    """Carry out the reading of the plan."""
    start = time.perf_counter()
    who = (plan.port, plan.path, plan.cookie, plan.at_once)
    statuses = readers.read(*who, plan.seconds, plan.limit)
    return Outcome(time.perf_counter() - start, statuses)


if __name__ == "__main__":
    given = Plan(**json.loads(sys.argv[1]))
    done = read(given) if given.path else asyncio.run(run(given))
    json.dump(vars(done), sys.stdout)
