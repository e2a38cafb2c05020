"""Routes that wait for ever: what a cell, a check, doctor() and the next Server() say.

Nothing may reach the output of a later cell. Left out: requests that hang and are
interrupted (test_kernel_interrupt.py).
"""

from collections.abc import Iterator

import pytest

from classroom.display.note import AGAIN
from classroom.server.cell_advice import DEAF, NO_RESPONSE
from tests.support.kernels import READY, Kernel, kernel
from tests.support.tiers import each_day

SET_UP = "import time\nfrom classroom import *\nserver = Server(bcrypt_cost=4)"
ROUTE = """
@server.endpoint("health")
async def health(request):
    {}
    return JSONResponse({{}})
"""
GET = "requests.get(server.url + '/health')"


@pytest.fixture(scope="module")
def shared() -> Iterator[Kernel]:
    """One kernel for all tests."""
    with kernel() as started:
        yield started
        assert started.run("time.sleep(3)").text == ""  # `run` asserts: nothing on stderr


def plug(shared: Kernel, line: str) -> None:
    shared.run(SET_UP)
    shared.run(ROUTE.format(line))


@pytest.mark.parametrize("line", each_day(1, ["while True: pass", "time.sleep(5)"]))
def test_a_cell_gives_up_and_the_next_server_runs(shared: Kernel, line: str) -> None:
    plug(shared, line)
    shared.run("import classroom.server.patience\nclassroom.server.patience.SECONDS = 1")
    found = shared.run(GET)
    shared.run("classroom.server.patience.SECONDS = 30")
    assert found.report.splitlines()[0] == f"ReadTimeout: {NO_RESPONSE}"
    assert (
        "a route keeps it busy: mend it, then run server = Server()" in shared.run("doctor()").text
    )
    assert shared.run(SET_UP).text == READY + AGAIN
    assert shared.value(f"{GET}.status_code") == "200"


@pytest.mark.slow
def test_a_check_that_is_stopped_says_that_the_server_is_busy(shared: Kernel) -> None:
    plug(shared, "print('begun', flush=True)\n    while True: time.sleep(0.001)")
    cell = shared.send('check("say-hello")')
    shared.collect(cell, until="begun")
    shared.manager.interrupt_kernel()
    assert shared.collect(cell).report.splitlines()[0] == f"KeyboardInterrupt: {DEAF}"
    assert shared.run(SET_UP).text == READY + AGAIN


def test_a_route_does_not_wait_for_its_own_server(shared: Kernel) -> None:
    plug(shared, "requests.get(server.url + '/api/me')")
    text = shared.run(GET).text
    assert "a route cannot wait for a response of its own server" in text


@pytest.mark.slow  # it waits twice for a connection, five seconds each
def test_a_session_left_open_is_named(shared: Kernel) -> None:
    plug(shared, "kept.append(request.app.state.database().connection())")
    shared.run("kept = []")
    assert "200 OK" in shared.run(GET).text
    wanted = "a session was left open; write: with request.app.state.database() as session:"
    assert wanted in shared.run(GET).text
    assert wanted in shared.run("server.rows('users')").report.splitlines()[0]
    shared.run(SET_UP)
    assert "(no rows)" in shared.run("server.rows('users')").text


def test_rows_in_a_route_are_refused(shared: Kernel) -> None:
    """A check has a database of its own, which server.rows does not read."""
    plug(shared, "server.rows('users')")
    assert "a route reads request.app.state.database" in shared.run('check("say-hello")').text
