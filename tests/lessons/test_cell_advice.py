"""The sentence on a request of a cell that failed, and the lines that are shown as the cell's own.

Left out: what a student sees of it in a kernel (test_mistakes.py).
"""

import linecache
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from classroom.server.cell_advice import (
    NO_HTTPS,
    NO_SERVER,
    NO_VERIFY,
    WHOLE_ADDRESS,
    cell_advice,
)
from classroom.server.server import Server
from classroom.server.short_traceback import short
from classroom.server.student_cell import StudentCell
from classroom.server.tls import TlsServer
from tests.support.lesson_server import module_server as module_server


def advice_on(url: str) -> str:
    """Return the sentence on the error of a request to `url`, or of its status."""
    with pytest.raises(requests.RequestException) as caught:
        requests.get(url, timeout=60).raise_for_status()
    return cell_advice(caught.value, caught.tb)


def report_of(cell: str, folder: Path) -> list[str]:
    """Return the report of what `cell` raises; its code has a name as ipykernel gives it."""
    name = str(folder / "ipykernel_1" / "1.py")
    linecache.cache[name] = (len(cell), None, cell.splitlines(keepends=True), name)
    with pytest.raises(Exception) as caught:  # noqa: B017, PT011 - each cell has its own error
        exec(compile(cell, name, "exec"), {"__name__": "__main__"})
    return short(caught.value, caught.tb)


async def around(request: Request) -> Response:
    return RedirectResponse("/health")


def test_a_status_that_raises_is_told_as_requests_tells_it(server: Server) -> None:
    assert advice_on(server.url + "/api/me") == ""
    away = requests.Response()
    away.status_code, away.url = 503, "http://mail.example/"
    away.request = requests.Request("GET", away.url).prepare()
    with pytest.raises(requests.HTTPError) as caught:
        away.raise_for_status()
    assert cell_advice(caught.value, caught.tb) == ""


def test_a_circle_of_redirects_is_no_broken_connection(server: Server) -> None:
    server.plug("health", around)
    assert advice_on(server.url + "/health") == ""
    server.unplug("health")


def test_a_certificate_without_verify_is_told_with_a_server_and_without(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    with TlsServer() as safe:
        assert advice_on(safe.url + "/health") == NO_VERIFY
        monkeypatch.setattr(Server, "current", None)
        assert advice_on(safe.url + "/health") == NO_VERIFY


def test_https_to_a_server_of_http(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    url = server.url.replace("http:", "https:")
    assert advice_on(url) == NO_HTTPS
    monkeypatch.setattr(Server, "current", None)
    assert advice_on(url) == ""


def test_a_missing_port_is_told_as_a_piece_of_the_address(server: Server) -> None:
    error = requests.ConnectionError(request=requests.Request("GET", "http://127.0.0.1/").prepare())
    assert cell_advice(error, None) == WHOLE_ADDRESS


def test_without_a_server_that_is_said_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Server, "current", None)
    assert advice_on("http://127.0.0.1:9/") == NO_SERVER


@dataclass
class Strict:
    """A class whose `__init__` is made by exec, as SQLAlchemy's are."""

    number: int

    def __post_init__(self) -> None:
        """Refuse any number."""
        raise ValueError("no number")


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("from minisrv.db.models import User\nUser(emial='x')", "TypeError: "),
        (f"from {__name__} import Strict\nStrict(1)", "ValueError: no number"),
    ],
)
def test_lines_that_a_library_has_made_are_not_the_cells(
    cell: str, said: str, tmp_path: Path
) -> None:
    first, *own, _ = report_of(cell, tmp_path)
    assert first.startswith(said)
    assert own == [f"  in your cell, line 2: {cell.splitlines()[1]}"]


@pytest.mark.parametrize("odd", ["\u2028", "\x0c", "\x85"])
def test_the_lines_of_a_cell_are_counted_as_python_counts_them(odd: str) -> None:
    cell = StudentCell(f"a = '{odd}'\nlater = 2\n")
    assert cell.line(cell.tree().body[1].lineno) == (2, "later = 2")
