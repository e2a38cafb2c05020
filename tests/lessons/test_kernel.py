"""The live server inside a real Jupyter kernel, cell by cell.

Left out: what needs no kernel (test_classroom_*.py).
"""

import socket
from collections.abc import Iterator

import pytest

from classroom.display.note import AGAIN
from tests.support.kernels import READY, SET_UP, SIGN_UP, Kernel, kernel


@pytest.fixture(scope="module")
def shared() -> Iterator[Kernel]:
    """One kernel for all tests that leave it usable."""
    with kernel() as started:
        yield started


def test_the_first_cell_says_ready_and_nothing_else(shared: Kernel) -> None:
    found = shared.run(SET_UP)
    assert found.text == READY
    (bundle,) = found.shown
    port = shared.value("server.settings.port")
    assert f'<span class="real">http://127.0.0.1:{port}</span>' in bundle["text/html"]
    assert bundle["text/html"].count(port) == 1


def test_the_first_cell_twice_gives_the_same_port_one_thread_and_no_accounts(
    shared: Kernel,
) -> None:
    shared.run(SET_UP)
    before = shared.value("server.url")
    shared.run(SIGN_UP)
    assert shared.run(SET_UP).text == READY + AGAIN
    assert shared.value("server.url") == before
    assert shared.value("len(server.rows('users'))") == "0"
    counting = "[t.name for t in __import__('threading').enumerate()].count('classroom-server')"
    assert shared.value(counting) == "1"


def test_autoreload_finds_the_running_server(shared: Kernel) -> None:
    shared.run("%load_ext autoreload\n%autoreload 2")
    shared.run(SET_UP)
    before = shared.value("server.url")
    shared.run("import importlib, sys; importlib.reload(sys.modules['classroom.server.server'])")
    shared.run(SET_UP)
    assert shared.value("server.url, Server.current.url == server.url") == f"{before} True"
    shared.run("%autoreload 0")


def test_a_response_at_the_end_of_a_cell_shows_the_exchange(shared: Kernel) -> None:
    shared.run(SET_UP)
    (bundle,) = shared.run(SIGN_UP).shown
    assert "201 Created" in bundle["text/plain"]
    assert "201 Created" in bundle["text/html"]
    assert "‹token-1›" in bundle["text/plain"]


def test_show_displays_several_in_order(shared: Kernel) -> None:
    shared.run(SET_UP)
    shown = shared.run(f"show({SIGN_UP}, {SIGN_UP})").shown
    assert ["201" in shown[0]["text/plain"], "409" in shown[1]["text/plain"]] == [True, True]


def test_a_crash_is_shown_with_the_line_of_the_cell_and_is_quiet_elsewhere(
    shared: Kernel,
) -> None:
    shared.run(SET_UP)
    shared.run(
        '@server.endpoint("signup")\n'
        "async def signup(request):\n"
        "    body = await request.json()\n"
        "    return JSONResponse(body['nickname'])\n"
    )
    text = shared.run(SIGN_UP).text
    assert "KeyError: 'nickname'" in text
    assert "in your cell, line 4: return JSONResponse(body['nickname'])" in text
    assert "ipykernel" not in text


def test_a_warning_in_a_route_stays_out_of_the_cells(shared: Kernel) -> None:
    shared.run(SET_UP)
    shared.run(
        "import warnings\n"
        '@server.endpoint("signup")\n'
        "async def signup(request):\n"
        "    warnings.warn('weak')\n"
        "    return JSONResponse({})\n"
    )
    assert shared.run(SIGN_UP).error == ""
    loud = shared.collect(shared.send("warnings.warn('of a cell')"))
    assert "of a cell" in loud.stderr


def test_a_busy_port_is_said_in_the_cell(shared: Kernel) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        busy = other.getsockname()[1]
        found = shared.run(f"from classroom import Server\nserver = Server(port={busy})")
    assert found.text == f"{READY} (port {busy} is busy, so this is a free one){AGAIN}"
