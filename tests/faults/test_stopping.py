"""A client that still waits when the server cannot wait any longer gets 503, with a sentence.

Left out: a stop that waits for all responses (test_workers.py).
"""

import asyncio
import signal
import sqlite3
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Event

import psutil
import pytest
import requests
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse

from classroom.server.server_thread import ServerThread
from minisrv import create_app
from minisrv.serve.server import bind
from tests.support.live import Live, settings_of_tests
from tests.support.processes import ports_of, send_signal
from tests.support.started import Started, wait_until
from tests.support.storms import begun_sign_up, response_to
from tests.support.tiers import each_day
from tests.support.visitor import Visitor, assert_refused

# However many cores there are, eight hashes take longer than it takes to stop.
ONE_BY_ONE = {"MINISRV_BCRYPT_COST": "14", "MINISRV_HASH_THREADS": "1"}


class Hanging:
    """A route that never responds, or sends only half of its response."""

    def __init__(self, begins: bool) -> None:
        """Send a piece of an answer first if it `begins`."""
        self.begins, self.asked = begins, Event()

    async def __call__(self, request: Request) -> Response:
        """Wait for ever."""
        return StreamingResponse(self._pieces()) if self.begins else await self._never()

    async def _pieces(self):
        yield b"half of "
        await self._never()

    async def _never(self) -> Response:
        self.asked.set()
        await asyncio.Event().wait()
        return PlainTextResponse("never")


def stopped(route: Hanging) -> object:
    """Ask `route` of a server that then has to stop at once; return the answer or the error."""
    settings = settings_of_tests()
    listener = bind("127.0.0.1", 0)
    app = create_app(settings, health=route.__call__)
    thread = ServerThread(app, settings, listener, lifespan="on")
    visitor = Visitor(Live(listener.getsockname()[1], app, settings))
    with ThreadPoolExecutor(1) as pool:
        thread.start()
        asked = pool.submit(visitor.sends, "GET", "/health")
        assert route.asked.wait(60)
        assert thread.stop(60)
        try:
            return asked.result(60)
        except requests.RequestException as error:
            return error


def test_a_request_that_is_cut_short_is_answered_like_every_other_refusal() -> None:
    answer = stopped(Hanging(begins=False))
    assert_refused(answer, 503, "overloaded")
    assert "going down" in answer.json()["error"] and answer.headers["Retry-After"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_half_an_answer_is_not_made_to_look_like_a_whole_one() -> None:
    assert isinstance(stopped(Hanging(begins=True)), requests.exceptions.ChunkedEncodingError)


def press_ctrl_c(server: Started) -> None:
    """Send the signal to all processes of the terminal, as the terminal does."""
    send_signal(server.family(), signal.SIGINT)


def press_ctrl_c_twice(server: Started) -> None:
    """Do so again when each has heard it: at the same moment two signals are one.

    A process that is going down takes no new connections. One that nobody waits for is gone.
    """
    serving = [psutil.Process(pid) for pid in server.worked()] or server.family()
    press_ctrl_c(server)
    wait_until(lambda: not any(map(ports_of, serving)))
    press_ctrl_c(server)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no Ctrl-C to one process alone")
@pytest.mark.parametrize("workers", each_day(1, ["1", "2"]))
def test_a_second_ctrl_c_does_not_wait_and_leaves_nobody_without_an_answer(
    tmp_path: Path, workers: str
) -> None:
    with Started(tmp_path, "--workers", workers, **ONE_BY_ONE) as server:
        begun = [begun_sign_up(server, f"late-{number}@trax.test") for number in range(8)]
        press_ctrl_c_twice(server)
        answers = [response_to(one) for one in begun]
        assert server.wait_for_end() == ""
        assert server.process.returncode == 0
        for answer in answers:
            if answer.status_code != 201:
                assert_refused(answer, 503, "overloaded")
        assert 503 in [answer.status_code for answer in answers]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no Ctrl-C to one process alone")
def test_a_sign_in_that_a_second_ctrl_c_cuts_short_is_no_failed_attempt(tmp_path: Path) -> None:
    with Started(tmp_path, **ONE_BY_ONE) as server:
        people = [server.visitor(f"late-{number}@trax.test") for number in range(8)]
        with ThreadPoolExecutor(8) as pool:
            asked = [pool.submit(one.signs_in) for one in people]
            wait_until(lambda: attempts(server) == 2 * len(people))  # of the account, of the source
            press_ctrl_c_twice(server)
            answers = [one.result().status_code for one in asked]
        assert server.wait_for_end() == ""
        assert 503 in answers and set(answers) <= {401, 503}
        assert attempts(server) == 2 * answers.count(401)


def attempts(server: Started) -> int:
    """Return the sum of all counters."""
    with closing(sqlite3.connect(server.file)) as connection:
        return connection.execute("SELECT coalesce(sum(count), 0) FROM attempts").fetchone()[0]
