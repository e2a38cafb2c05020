"""Clients that GET one path as fast as they can: all send, then all wait, then all send again."""

import time
from collections import Counter

from benchmarks.http_client import HttpClient
from benchmarks.plan import Outcome, Plan


def read(plan: Plan) -> Outcome:
    """Run the reads of the plan."""
    everybody = [HttpClient(plan.port, plan.limit) for _ in range(plan.at_once)]
    request = everybody[0].request("GET", plan.path, plan.cookie)
    statuses: Counter[int] = Counter()
    start = time.perf_counter()
    while time.perf_counter() < start + plan.seconds:
        for reader in everybody:
            reader.send(request)
        statuses.update([reader.receive().status for reader in everybody])
    for reader in everybody:
        reader.close()
    return Outcome(time.perf_counter() - start, statuses)
