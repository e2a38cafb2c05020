"""One round of one kind of server: sign-ups, a storm, readers meanwhile, and what was lost.

Each function returns a dict of figures by name; targets.py says what they should be.
"""

import itertools
import math
import sqlite3
import statistics
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace

from benchmarks.limit import hashes_a_second
from benchmarks.plan import Outcome, Plan
from benchmarks.run_plan import run_plan
from benchmarks.servers import HELLO, Kind, Running, serve
from benchmarks.sizes import Sizes

Figures = dict[str, float]
WATCHED = {"health": "/health", "me": "/api/me"}


def one_round(kind: Kind, sizes: Sizes, name: str) -> Figures:
    """Return all figures of a fresh server of this kind; RuntimeError if it does not start."""
    with serve(kind, sizes.cost) as running, serve(HELLO, sizes.cost) as hello:
        plan = Plan(running.port, 1, sizes.patience, signups=1, label=f"{name}-first")
        outcomes = [run_plan(plan)]
        plan = replace(plan, cookie=outcomes[0].cookie)
        figures: Figures = {"start_s": running.seconds}
        outcomes += _signups(plan, sizes, running, figures, name)
        outcomes += [_meanwhile(plan, sizes, figures, name)]
        outcomes += _reads(plan, sizes, hello.port, figures)
        return figures | _losses(running, outcomes)


def as_installed(kind: Kind, sizes: Sizes) -> Figures:
    """Return which share of the limit the server reaches at its default cost."""
    at_once, total = sizes.at_default_cost
    with serve(kind, sizes.default_cost) as running:
        limits = [hashes_a_second(sizes.default_cost, sizes.limit_seconds)]
        plan = Plan(running.port, at_once, sizes.patience, signups=total, label="as-installed")
        outcome = run_plan(plan)
        limits.append(hashes_a_second(sizes.default_cost, sizes.limit_seconds))
        losses = _losses(running, [outcome])
    rate = len(outcome.accepted) / outcome.seconds
    return losses | {"share_as_installed": rate / statistics.mean(limits)}


def _signups(
    plan: Plan, sizes: Sizes, running: Running, figures: Figures, name: str
) -> list[Outcome]:
    """Sign people up, group by group, with the limit measured before and after each."""
    limits, outcomes, memory = [hashes_a_second(sizes.cost, sizes.limit_seconds)], [], []
    for number, (at_once, total) in enumerate(sizes.groups):
        group = replace(plan, at_once=at_once, signups=total, label=f"{name}-{number}")
        outcomes.append(run_plan(group, lambda: memory.append(running.resident())))
        memory.append(running.resident())
        limits.append(hashes_a_second(sizes.cost, sizes.limit_seconds))
    rates = [len(outcome.accepted) / outcome.seconds for outcome in outcomes]
    near = [statistics.mean(pair) for pair in itertools.pairwise(limits)]
    for size in sizes.at_once:
        mine = [number for number, (at_once, _) in enumerate(sizes.groups) if at_once == size]
        figures[f"signups_{size}"] = statistics.median(rates[number] for number in mine)
        figures[f"share_{size}"] = statistics.median(rates[n] / near[n] for n in mine)
    floor = sizes.storm / near[-1]
    figures |= {"storm_s": outcomes[-1].seconds, "storm": outcomes[-1].seconds / floor}
    figures |= {"limit": statistics.mean(limits), "resident_mb": max(memory)}
    return outcomes


def _meanwhile(plan: Plan, sizes: Sizes, figures: Figures, name: str) -> Outcome:
    """Ask for /health and /api/me while others sign up."""
    at_once, total = sizes.watched
    label, watch = f"{name}-meanwhile", tuple(WATCHED.values())
    outcome = run_plan(replace(plan, at_once=at_once, signups=total, label=label, watch=watch))
    for short, path in WATCHED.items():
        latencies = sorted(outcome.latencies[path])
        for percent in (50, 99):
            worst = latencies[math.ceil(len(latencies) * percent / 100) - 1]
            figures[f"{short}_p{percent}_ms"] = 1000 * worst
    return outcome


def _reads(plan: Plan, sizes: Sizes, hello_port: int, figures: Figures) -> list[Outcome]:
    """Read /api/me and a bare hello in turns, so that a slow moment of the machine hits both."""
    base = replace(plan, at_once=sizes.readers, signups=0, seconds=sizes.read_seconds)
    me, hello = replace(base, path="/api/me"), replace(base, path="/", port=hello_port)
    turns = [(run_plan(me), run_plan(hello)) for _ in range(sizes.read_slices)]
    mine, bare = zip(*turns, strict=True)
    figures |= {"me_a_second": _rate(mine), "hello_a_second": _rate(bare)}
    figures["me_share"] = figures["me_a_second"] / figures["hello_a_second"]
    return list(mine)


def _rate(outcomes: Sequence[Outcome]) -> float:
    """Return how many requests a second were answered 200."""
    return sum(one.statuses[200] for one in outcomes) / sum(one.seconds for one in outcomes)


def _losses(running: Running, outcomes: list[Outcome]) -> Figures:
    """Count accounts with a 201 that are not in the database, errors, and missing responses."""
    with closing(sqlite3.connect(running.database, timeout=30)) as database:
        stored = {address for (address,) in database.execute(running.kind.addresses)}
    statuses = sum((outcome.statuses + outcome.watched for outcome in outcomes), Counter())
    return {
        "lost": sum(len(set(outcome.accepted) - stored) for outcome in outcomes),
        "answered_5xx": sum(n for status, n in statuses.items() if status >= 500),
        "refused": sum(n for status, n in statuses.items() if 400 <= status < 500),
        "dropped": statuses[0],
    }
