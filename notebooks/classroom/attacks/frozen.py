"""Is a server frozen while it hashes? Ask it in the middle of the hash.

A call of bcrypt in the thread of the event loop freezes the server. A call in another thread first
waits for a response of GET /health, since the event loop may be waiting for that thread. So nothing
is timed: a route gains nothing by a pause before it hashes, and quick hashes do as well. Only if no
call was seen, as when another process hashes, the longest wait for /health is compared with the
time of a hash.
"""

import threading
import time
import timeit
from collections.abc import Callable, Sequence
from http.client import HTTPConnection

import bcrypt
import requests

from classroom.checking.bcrypt_calls import Hash, wrapped_hashes
from classroom.checking.visit import Visit
from classroom.exchanges.exchange import Exchange
from classroom.server.quiet_threads import THREADS

PAUSE = 0.01  # seconds between two requests; far less than one hash takes
PATIENCE = 7  # seconds; a server that is not frozen responds in milliseconds, on a busy machine too


def frozen_by(
    visit: Visit, cost: int, sign_ups: Sequence[Callable[[], Exchange]]
) -> tuple[list[Exchange], bool]:
    """Run all `sign_ups` at once; return their exchanges, and True if the server was frozen.

    There are no exchanges if it was frozen for so long that a request timed out. `cost` is that of
    their hashes. Raises as `Visit.send` does.
    """
    responded: list[bool] = []
    done, waits = [], [0.0]

    def finished(sign_up: Callable[[], Exchange]) -> Exchange:
        try:
            return sign_up()
        finally:
            done.append(True)

    def keep_asking() -> Exchange:
        while True:
            start = time.perf_counter()
            healthy = visit.get("/health")
            waits.append(time.perf_counter() - start)
            if len(done) == len(sign_ups):
                return healthy
            time.sleep(PAUSE)

    sends = [lambda one=one: finished(one) for one in sign_ups]
    with wrapped_hashes(lambda hashing: _asking_first(hashing, visit.url, responded)):
        try:
            *exchanges, _ = visit.at_once(*sends, keep_asking)
        except requests.Timeout:
            if all(responded):
                raise
            exchanges = []
    return exchanges, not all(responded) if responded else max(waits) > 0.9 * _seconds(cost)


def _asking_first(hashing: Hash, url: str, responded: list[bool]) -> Hash:
    def asked(*args: object, **named: object) -> object:
        if all(responded):  # frozen once is enough
            on_the_loop = threading.current_thread().name == THREADS[0]
            responded.append(not on_the_loop and _responds(url))
        return hashing(*args, **named)

    return asked


def _responds(url: str) -> bool:
    """Return True if the server at `url` responds to GET /health within PATIENCE."""
    connection = HTTPConnection(url.removeprefix("http://"), timeout=PATIENCE)
    try:
        connection.request("GET", "/health")
        return connection.getresponse().status == 200
    except OSError:  # TimeoutError is one
        return False
    finally:
        connection.close()


def _seconds(cost: int, hashing: Hash = bcrypt.hashpw) -> float:
    """Return how long one hash of `cost` takes on this machine at least, even in `quick_hashes`."""
    return min(timeit.repeat(lambda: hashing(b"?", bcrypt.gensalt(cost)), number=1, repeat=3))
