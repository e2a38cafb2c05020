"""People who sign up, each with one connection: who is answered sends the next in line.

Others look at some paths meanwhile, now and then, and how long they wait is written down.
"""

import json
import selectors
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from benchmarks.plan import Outcome, Plan
from benchmarks.wire import Wire


def sign_up(plan: Plan) -> Outcome:
    """Carry out the sign-ups of the plan, and watch meanwhile."""
    outcome = Outcome()
    with _watchers(plan, outcome), selectors.DefaultSelector() as asked:
        start, crowd = time.perf_counter(), _Crowd(plan, outcome, asked)
        for _ in range(plan.at_once):
            crowd.sends(Wire(plan.port, plan.limit))
        while asked.get_map() and (left := start + plan.limit - time.perf_counter()) > 0:
            for key, _ in asked.select(left):
                crowd.hears(*key.data)
        outcome.seconds = time.perf_counter() - start
        outcome.statuses[0] += plan.signups - outcome.statuses.total()  # who is not answered yet
    return outcome


class _Crowd:
    """What is common to all who sign up: the numbers to be given out, and what was answered."""

    def __init__(self, plan: Plan, outcome: Outcome, asked: selectors.BaseSelector) -> None:
        self._label, self._outcome, self._asked = plan.label, outcome, asked
        self._numbers = iter(range(plan.signups))

    def sends(self, wire: Wire) -> None:
        """Send the next sign-up, and the one after it where there is no connection to be had."""
        for number in self._numbers:
            email = f"{self._label}-{number}@trax.test"
            body = json.dumps({"email": email, "password": f"a long passphrase of {email}"})
            wire.asks(wire.request("POST", "/api/signup", body=body.encode()))
            if wire.socket is not None:
                self._asked.register(wire.socket, selectors.EVENT_READ, (wire, email))
                return
            self._outcome.statuses[0] += 1
        wire.hangs_up()

    def hears(self, wire: Wire, email: str) -> None:
        """Write down the answer, and send the next."""
        self._asked.unregister(wire.socket)
        answer = wire.answer()
        self._outcome.statuses[answer.status] += 1
        if answer.status == 201:
            self._outcome.accepted.append(email)
            self._outcome.cookie = answer.cookie
        self.sends(wire)


@contextmanager
def _watchers(plan: Plan, outcome: Outcome) -> Iterator[None]:
    over, wires = Event(), [Wire(plan.port, plan.limit) for _ in plan.watch]
    watchers = [
        Thread(target=_watch, args=(plan, path, wire, outcome, over))
        for path, wire in zip(plan.watch, wires, strict=True)
    ]
    for watcher in watchers:
        watcher.start()
    try:
        yield
    finally:
        over.set()
        for watcher, wire in zip(watchers, wires, strict=True):
            wire.breaks_off()
            watcher.join()


def _watch(plan: Plan, path: str, wire: Wire, outcome: Outcome, over: Event) -> None:
    latencies = outcome.latencies.setdefault(path, [])
    request = wire.request("GET", path, plan.cookie)
    while not over.is_set():
        start = time.perf_counter()
        wire.asks(request)
        status = wire.answer().status
        # The one that is cut off at the end has waited, too.
        latencies += _waits(time.perf_counter() - start, plan.pause)
        if not over.wait(plan.pause):
            outcome.watched[status] += 1
    wire.hangs_up()


def _waits(seconds: float, pause: float) -> list[float]:
    """Return how long those waited who came meanwhile, one each `pause`, and stood in line.

    Else a server that answers nobody for ten seconds would have one bad answer among many good.
    """
    return [seconds - pause * behind for behind in range(1 + int(seconds / pause))]
