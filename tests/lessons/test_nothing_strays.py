"""No line of a thread falls into a cell, and no loop runs on, whatever a student's code does.

The kernel's `run` asserts that nothing reaches stderr. Left out: routes that keep the event loop
busy (test_endless_routes.py).
"""

import logging
import threading
from collections.abc import Iterator

import pytest

from classroom.display.note import AGAIN
from classroom.server.quiet_threads import belongs_in_a_cell
from tests.support.kernels import READY, Kernel, kernel
from tests.support.tiers import each_day

SET_UP = """
import asyncio, logging, os, threading, time, urllib.request
os.environ["PYTHONASYNCIODEBUG"] = "1"  # from here on, so not for the kernel's own loops
import uvicorn
from starlette.applications import Starlette
from classroom import *
server = Server(bcrypt_cost=4)


def names(beginning):
    return sorted(one.name for one in threading.enumerate() if one.name.startswith(beginning))


def ask(path="/health", seconds=60):
    try:
        return requests.get(server.url + path, timeout=seconds).status_code
    except requests.RequestException as error:
        return type(error).__name__


def wait_until(true):
    end = time.monotonic() + 60
    while not true() and time.monotonic() < end:
        time.sleep(0.01)
    return true()


def loop(*_):
    while True:
        pass
"""
OWN_UVICORN = """
own = uvicorn.Server(uvicorn.Config(Starlette(), port=0, lifespan="off"))
thread = threading.Thread(target=own.run, name="mine")
thread.start()
print(wait_until(lambda: own.started))
"""
BLOCKED = """
@server.endpoint("health")
async def health(request):
    return JSONResponse(urllib.request.urlopen(server.url + "/api/me").status)
"""


@pytest.fixture(scope="module")
def shared() -> Iterator[Kernel]:
    """One kernel, in which asyncio reports each callback of a server that is slow."""
    with kernel() as started:
        started.run(SET_UP)
        yield started


def test_a_uvicorn_of_the_student_brings_no_line_into_a_cell(shared: Kernel) -> None:
    assert shared.run(OWN_UVICORN).text == "True"  # it has set up logging for all by now
    assert shared.value("ask()") == "200"
    port = "own.servers[0].sockets[0].getsockname()[1]"
    assert shared.value(f"requests.get(f'http://127.0.0.1:{{{port}}}/').status_code") == "404"
    assert shared.run("server = Server(bcrypt_cost=5)").text == READY + AGAIN
    assert shared.value("ask()") == "200"
    shared.run("own.should_exit = True\nthread.join(60)")


def test_what_goes_wrong_in_it_is_still_shown(shared: Kernel) -> None:
    target = "logging.getLogger('uvicorn.error').error"
    shared.run("server = Server(bcrypt_cost=4)")
    found = shared.collect(
        shared.send(
            f"one = threading.Thread(target={target}, args=['lost'])\none.start(); one.join()"
        )
    )
    assert "lost" in found.stderr


def test_a_uvicorn_that_a_cell_waits_for_may_say_all() -> None:
    routine = logging.makeLogRecord({"name": "uvicorn.error", "levelno": logging.INFO})
    assert belongs_in_a_cell(routine) is (threading.current_thread() is threading.main_thread())


def test_a_slow_callback_is_not_reported_in_a_cell(shared: Kernel) -> None:
    shared.run('@server.endpoint("health")\nasync def health(request):\n    time.sleep(0.3)')
    assert shared.value("ask()") == "500"


LOOPING = [
    "def health(request):\n    loop()",
    "async def health(request):\n    await asyncio.to_thread(loop)",
]


@pytest.mark.parametrize(
    ("route", "cost"), each_day(1, [(route, cost) for route in LOOPING for cost in (5, 4)])
)
def test_a_loop_in_a_thread_ends_with_the_next_server(
    shared: Kernel, route: str, cost: int
) -> None:
    shared.run("server = Server(bcrypt_cost=5)")
    shared.run(f'@server.endpoint("health")\n{route}')
    assert shared.value("ask(seconds=0.5)") == "ReadTimeout"
    assert shared.run(f"server = Server(bcrypt_cost={cost})").text == READY + AGAIN  # 5: the same
    assert (
        shared.value("wait_until(lambda: not server.running._thread._workers._at_work)") == "True"
    )
    assert shared.value("ask()") == "200"
    if cost == 4:
        assert (
            shared.value("wait_until(lambda: names('classroom') == ['classroom-server'])") == "True"
        )


def test_a_route_that_asks_its_own_server_by_urllib_is_ended(shared: Kernel) -> None:
    shared.run(BLOCKED)
    assert shared.value("ask(seconds=0.5)") == "ReadTimeout"
    assert shared.run("server = Server(bcrypt_cost=4)").text == READY + AGAIN
    assert shared.value("ask()") == "200"
    assert shared.value("wait_until(lambda: names('classroom') == ['classroom-server'])") == "True"


def test_nothing_comes_later(shared: Kernel) -> None:
    assert shared.run("time.sleep(1)").text == ""
