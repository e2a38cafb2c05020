"""Freeze a server: while it hashes on the event loop, every other request waits.

A few ordinary sign-ups are enough. A script that sends a hundred keeps the server frozen.
"""

import json
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from http.client import HTTPConnection

from classroom.display.progress import progress

HEALTH, SIGN_UP = "/health", "/api/signup"
A_MOMENT = 0.2  # seconds until the sign-ups are being hashed; less than one hash takes


@dataclass(frozen=True)
class Answered:
    """The paths in the order of their responses, and how many seconds /health took."""

    order: tuple[str, ...]
    waited: float

    @property
    def first(self) -> str:
        """The path that was answered first."""
        return self.order[0]


def freeze(url: str, sign_ups: int = 2) -> Answered:
    """Send `sign_ups` to the server at `url`, a moment later GET /health, and wait for all.

    Prints progress. Raises RuntimeError if a response is not 2xx.
    """
    order: list[str] = []
    _receive(_send(url, HEALTH), HEALTH, [])  # warm up: the first request is slower
    sent = [(_send(url, SIGN_UP, _somebody(number)), SIGN_UP) for number in range(sign_ups)]
    time.sleep(A_MOMENT)
    start = time.perf_counter()
    sent.append((_send(url, HEALTH), HEALTH))
    with ThreadPoolExecutor(len(sent)) as pool:
        answers = [pool.submit(_receive, *one, order) for one in sent]
        for answer in progress(as_completed(answers), len(answers), "answers"):
            answer.result()
    return Answered(tuple(order), answers[-1].result() - start)


def _send(url: str, path: str, body: object = None) -> HTTPConnection:
    """Send one request, a POST if it has a body, and return before the response."""
    connection = HTTPConnection(url.removeprefix("http://"), timeout=60)
    as_json = {"Content-Type": "application/json"}
    connection.request("POST" if body else "GET", path, json.dumps(body), as_json)
    return connection


def _receive(connection: HTTPConnection, path: str, order: list[str]) -> float:
    """Wait for the response, add its path to `order`, and return the time when it came."""
    answer = connection.getresponse()
    came = time.perf_counter()
    order.append(path)
    text = answer.read().decode()
    connection.close()
    if answer.status >= 300:
        raise RuntimeError(f"{path} was answered {answer.status}: {text}")
    return came


def _somebody(number: int) -> dict[str, str]:
    return {"email": f"listener-{number}@trax.test", "password": f"harbour lights after {number}"}
