"""A cell that hangs on the live server is interrupted, as the button does.

Left out: an endless loop that uses a whole core (test_endless_routes.py, test_classroom_stop.py).
"""

from collections.abc import Iterator

import pytest

from classroom.display.note import AGAIN
from tests.support.kernels import READY, SET_UP, SIGN_UP, Kernel, kernel


@pytest.fixture(scope="module")
def shared() -> Iterator[Kernel]:
    """One kernel for all tests that leave it usable."""
    with kernel() as started:
        yield started


@pytest.mark.slow
def test_interrupting_a_request_that_hangs_leaves_the_server_alive(shared: Kernel) -> None:
    shared.run(SET_UP)
    shared.run(
        "import asyncio\n"
        '@server.endpoint("signup")\n'
        "async def signup(request):\n"
        "    print('begun', flush=True)\n"
        "    await asyncio.sleep(60)\n"
    )
    cell = shared.send(SIGN_UP)
    shared.collect(cell, until="begun")
    shared.manager.interrupt_kernel()
    assert shared.collect(cell).error == "KeyboardInterrupt"
    assert shared.value("requests.get(server.url + '/health').status_code") == "200"


def test_an_endless_loop_is_cured_by_interrupt_and_the_first_cell(shared: Kernel) -> None:
    shared.run(SET_UP)
    shared.run(
        "import time\n"
        '@server.endpoint("signup")\n'
        "async def signup(request):\n"
        "    print('begun', flush=True)\n"
        "    while True: time.sleep(0.001)\n"
    )
    cell = shared.send(SIGN_UP)
    shared.collect(cell, until="begun")
    shared.manager.interrupt_kernel()
    assert shared.collect(cell).error == "KeyboardInterrupt"
    assert shared.run(SET_UP).text == READY + AGAIN
    assert shared.value("requests.get(server.url + '/health').status_code") == "200"
