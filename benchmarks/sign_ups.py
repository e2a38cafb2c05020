"""Clients that sign people up: each has one connection, and sends the next after each response.

Other clients GET some paths from time to time meanwhile; the time that they wait is recorded.
"""

import json
import selectors
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from benchmarks.http_client import HttpClient
from benchmarks.plan import Outcome, Plan


def sign_up(plan: Plan) -> Outcome:
    """Carry out the sign-ups of the plan, and watch meanwhile."""
    outcome = Outcome()
    with _watchers(plan, outcome), selectors.DefaultSelector() as waiting:
        start, crowd = time.perf_counter(), _Crowd(plan, outcome, waiting)
        for _ in range(plan.at_once):
            crowd.send(HttpClient(plan.port, plan.limit))
        while waiting.get_map() and (left := start + plan.limit - time.perf_counter()) > 0:
            for key, _ in waiting.select(left):
                crowd.receive(*key.data)
        outcome.seconds = time.perf_counter() - start
        outcome.statuses[0] += plan.signups - outcome.statuses.total()  # no response yet
    return outcome


class _Crowd:
    """What all clients share: the numbers of the sign-ups to come, and the outcome so far."""

    def __init__(self, plan: Plan, outcome: Outcome, waiting: selectors.BaseSelector) -> None:
        self._label, self._outcome, self._waiting = plan.label, outcome, waiting
        self._numbers = iter(range(plan.signups))

    def send(self, client: HttpClient) -> None:
        """Send the next sign-up, or the one after it if the connection fails."""
        for number in self._numbers:
            email = f"{self._label}-{number}@trax.test"
            body = json.dumps({"email": email, "password": f"a long passphrase of {email}"})
            client.send(client.request("POST", "/api/signup", body=body.encode()))
            if client.socket is not None:
                self._waiting.register(client.socket, selectors.EVENT_READ, (client, email))
                return
            self._outcome.statuses[0] += 1
        client.close()

    def receive(self, client: HttpClient, email: str) -> None:
        """Record the response, and send the next sign-up."""
        self._waiting.unregister(client.socket)
        response = client.receive()
        self._outcome.statuses[response.status] += 1
        if response.status == 201:
            self._outcome.accepted.append(email)
            self._outcome.cookie = response.cookie
        self.send(client)


@contextmanager
def _watchers(plan: Plan, outcome: Outcome) -> Iterator[None]:
    over, clients = Event(), [HttpClient(plan.port, plan.limit) for _ in plan.watch]
    watchers = [
        Thread(target=_watch, args=(plan, path, client, outcome, over))
        for path, client in zip(plan.watch, clients, strict=True)
    ]
    for watcher in watchers:
        watcher.start()
    try:
        yield
    finally:
        over.set()
        for watcher, client in zip(watchers, clients, strict=True):
            client.abort()
            watcher.join()


def _watch(plan: Plan, path: str, client: HttpClient, outcome: Outcome, over: Event) -> None:
    latencies = outcome.latencies.setdefault(path, [])
    request = client.request("GET", path, plan.cookie)
    while not over.is_set():
        start = time.perf_counter()
        client.send(request)
        status = client.receive().status
        # The request that is aborted at the end has waited, too.
        latencies += _waits(time.perf_counter() - start, plan.pause)
        if not over.wait(plan.pause):
            outcome.watched[status] += 1
    client.close()


def _waits(seconds: float, pause: float) -> list[float]:
    """Return how long requests would have waited that came every `pause` in these `seconds`.

    With one figure only, a server that hangs for ten seconds would have one slow response among
    many fast ones.
    """
    return [seconds - pause * behind for behind in range(1 + int(seconds / pause))]
