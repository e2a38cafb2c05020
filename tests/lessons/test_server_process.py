"""The server in a process of its own: it starts, prints its URL, and leaves nothing behind."""

import os
import sys
import time

import psutil
import pytest
import requests

from classroom.server.child_process import ChildProcess
from classroom.server.server_process import ServerProcess
from tests.support.kernels import answers, kernel

START = """
from classroom.server.server_process import ServerProcess
alone = ServerProcess(signup="plain", bcrypt_cost=4)
"""


WARNS = """
from http.server import BaseHTTPRequestHandler, HTTPServer
class Handler(BaseHTTPRequestHandler):
    do_GET = lambda self: self.send_response(200) or self.end_headers()
server = HTTPServer(("127.0.0.1", 0), Handler)
print("Deprecated, see http://docs.invalid/why", flush=True)
print(f"ready at http://127.0.0.1:{server.server_port}", flush=True)
server.serve_forever()
"""


def port_of(url: str) -> int:
    return int(url.rpartition(":")[2])


def gone(port: int) -> bool:
    """Wait until nobody listens any more: a child hears of its parent's death a moment later."""
    end = time.monotonic() + 60
    while answers(port) and time.monotonic() < end:
        time.sleep(0.02)
    return not answers(port)


def test_it_serves_the_rung_with_the_settings_that_were_asked_for() -> None:
    with ServerProcess(signup="hashed", bcrypt_cost=5) as alone:
        body = {"email": "ada@trax.test", "password": "midnight train"}
        answer = requests.post(alone.url + "/api/signup", json=body, timeout=60)
        assert answer.json()["password"].startswith("$2b$05$")


def test_it_ends_with_its_block_also_when_a_cell_fails() -> None:
    with pytest.raises(ZeroDivisionError), ServerProcess() as alone:
        assert alone.runs and answers(port_of(alone.url))
        _ = 1 / 0
    assert not alone.runs and not answers(port_of(alone.url))
    alone.stop()  # safe to call twice


@pytest.mark.slow
def test_it_ends_in_the_middle_of_a_hash() -> None:
    with ServerProcess(signup="hashed", bcrypt_cost=18) as alone:
        body = {"email": "ada@trax.test", "password": "midnight train"}
        with pytest.raises(requests.Timeout):
            requests.post(alone.url + "/api/signup", json=body, timeout=0.5)
    assert not alone.runs


def test_a_start_that_is_interrupted_leaves_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> bool:
        raise KeyboardInterrupt

    before = psutil.Process().children()
    monkeypatch.setattr(ServerProcess, "_wait_for_response", interrupt)
    with pytest.raises(KeyboardInterrupt):
        ServerProcess()
    assert not set(psutil.Process().children()) - set(before)


def test_a_server_that_cannot_start_says_why() -> None:
    with pytest.raises(
        RuntimeError, match="bcrypt_cost is 99, but must be a whole number from 4 to 31"
    ):
        ServerProcess(bcrypt_cost=99)


def test_the_url_in_a_warning_is_not_taken_for_the_servers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ChildProcess, "start_seconds", 20)
    with ChildProcess([sys.executable, "-c", WARNS], os.environ) as server:
        assert server.url.startswith("http://127.0.0.1:")
    assert "docs.invalid" in server.printed


def test_variables_of_the_machine_do_not_reach_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINISRV_HOST", "no such host")
    monkeypatch.setenv("MINISRV_PORT", "http")
    with ServerProcess() as alone:
        assert requests.get(alone.url + "/health", timeout=60).ok


def test_a_killed_kernel_takes_it_along() -> None:
    with kernel() as one:
        one.run(START)
        port, pid = port_of(one.value("alone.url")), int(one.value("__import__('os').getpid()"))
        assert answers(port)
        psutil.Process(pid).kill()
        assert gone(port)


@pytest.mark.slow
def test_a_restarted_kernel_takes_it_along() -> None:
    with kernel() as one:
        one.run(START)
        port = port_of(one.value("alone.url"))
        one.restart()
        assert gone(port)
