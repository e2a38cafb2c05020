"""The benchmark's servers: they start or say why not, and each ends with all that it started.

Left out: the peers themselves, which need packages that the project does not have.
"""

import os
import shutil
import sys
from pathlib import Path

import psutil
import pytest

from benchmarks.peers import kinds
from benchmarks.servers import Kind, Running, serve
from tests.support.processes import is_alive

pytestmark = pytest.mark.slow


def python(code: str) -> Kind:
    """Return a server made of `code`."""
    return Kind("odd", (sys.executable, "-c", code, "{port}"))


def test_a_server_that_does_not_start_is_told_with_what_it_said() -> None:
    with (
        pytest.raises(RuntimeError, match="odd did not start. no, thanks"),
        serve(python("import sys; sys.exit('no, thanks')"), 4),
    ):
        raise AssertionError


@pytest.mark.skipif(sys.platform == "win32", reason="terminate cannot be ignored there")
def test_a_server_that_does_not_want_to_end_is_ended_with_its_children(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Running, "stop_seconds", 1)
    stubborn = """
import os, signal, sys
from http.server import BaseHTTPRequestHandler, HTTPServer
class Answer(BaseHTTPRequestHandler):
    do_GET = lambda self: self.send_response(200) or self.end_headers()
signal.signal(signal.SIGTERM, signal.SIG_IGN)
if os.fork():
    signal.pause()
HTTPServer(("127.0.0.1", int(sys.argv[1])), Answer).serve_forever()
"""
    with serve(python(stubborn), 4) as running:
        family = [psutil.Process(running.process.pid), *running.descendants()]
        assert len(family) == 2
    assert not any(map(is_alive, family))


def test_peers_that_cannot_be_installed_are_skipped_with_a_line_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    found, notes = kinds.peers(tmp_path)
    assert [kind.name for kind in found] == ["event loop", "default thread pool"]
    assert [note.split()[:2] for note in notes] == [
        ["Skipped:", "fastapi-users,"],
        ["Skipped:", "Express,"],
    ]
