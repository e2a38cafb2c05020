"""Readers who ask for one path as fast as they are answered: all ask, all read, all ask again."""

import time
from collections import Counter

from benchmarks.plan import Outcome, Plan
from benchmarks.wire import Wire


def read(plan: Plan) -> Outcome:
    """Carry out the reading of the plan."""
    everybody = [Wire(plan.port, plan.limit) for _ in range(plan.at_once)]
    request = everybody[0].request("GET", plan.path, plan.cookie)
    statuses: Counter[int] = Counter()
    start = time.perf_counter()
    while time.perf_counter() < start + plan.seconds:
        for reader in everybody:
            reader.asks(request)
        statuses.update([reader.answer().status for reader in everybody])
    for reader in everybody:
        reader.hangs_up()
    return Outcome(time.perf_counter() - start, statuses)
