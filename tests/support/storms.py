"""Sign-ups at a server in processes of its own: a storm of them, and some that have surely begun.

For tests that end or stop something meanwhile.
"""

import json
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from io import BytesIO
from itertools import count
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPHeaderDict, HTTPResponse

from tests.support.live import read_answer
from tests.support.started import Started, status_of
from tests.support.visitor import PASSWORD

AT_ONCE = 24


@contextmanager
def storm(server: Started, people: str = "listener") -> Iterator[dict[str, int]]:
    """Let people sign up, 24 at a time, until one gets no account; yield the statuses so far.

    So what a test does to the server in its `with` is done in the middle. 0: no answer came.
    """
    statuses: dict[str, int] = {}
    numbers, over = count(), threading.Event()

    def sign_up() -> None:
        while not over.is_set():
            name = f"{people}-{next(numbers)}@trax.test"
            statuses[name] = status_of(server.visitor(name))
            if statuses[name] != 201:
                over.set()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        threads = [pool.submit(sign_up) for _ in range(AT_ONCE)]
        try:
            yield statuses
            assert over.wait(60), f"all {len(statuses)} have an account"
        finally:
            over.set()
    for one in threads:
        one.result()


def promised(statuses: dict[str, int]) -> set[str]:
    """Return those whose sign-up got a 201."""
    return {name for name, status in statuses.copy().items() if status == 201}


def begun_sign_up(server: Started, email: str) -> socket.socket:
    """Send a sign-up and return its connection; its route runs, for it has asked for the body."""
    body = json.dumps({"email": email, "password": PASSWORD}).encode()
    head = b"POST /api/signup HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    wire = socket.create_connection(("127.0.0.1", urlsplit(server.url).port), 60)
    wire.sendall(head + b"Expect: 100-continue\r\nContent-Length: %d\r\n\r\n" % len(body))
    assert wire.recv(1000).startswith(b"HTTP/1.1 100 ")
    wire.sendall(body)
    return wire


def response_to(wire: socket.socket) -> requests.Response:
    """Return the response that comes to it, and close the connection."""
    with wire:
        answer = read_answer(wire)
    headers = HTTPHeaderDict(answer.headers.items())
    raw = HTTPResponse(BytesIO(answer.body), headers, answer.status, preload_content=False)
    asked = requests.Request("POST", "http://127.0.0.1/api/signup").prepare()
    return HTTPAdapter().build_response(asked, raw)
