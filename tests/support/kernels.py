"""Real Jupyter kernels for tests, which run cells as a notebook does."""

import os
import re
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from jupyter_client import BlockingKernelClient, KernelManager

from tests.support.paths import NOTEBOOKS as NOTEBOOKS

Started = TypeVar("Started")
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
READY = "ready at http://127.0.0.1:‹port›"
SET_UP = """
import requests
from starlette.responses import JSONResponse
from classroom import Server, check, show
server = Server(bcrypt_cost=4)
"""
SET_UP += 'ada = {"email": "ada@trax.test", "password": "correct horse battery"}\n'
SIGN_UP = 'requests.post(server.url + "/api/signup", json=ada)'


@dataclass
class Output:
    """What one cell put out."""

    shown: list[dict[str, str]] = field(default_factory=list)
    stdout: str = ""
    stderr: str = ""
    error: str = ""
    report: str = ""  # the traceback, without colours

    @property
    def text(self) -> str:
        """All that is to be read, first what was displayed, then what was printed."""
        return "\n".join([*(bundle["text/plain"] for bundle in self.shown), self.stdout]).strip()


def at_second_try(start: Callable[[], Started]) -> Started:
    """Return what `start` returns, which starts a kernel; try again if it raises RuntimeError.

    Jupyter chooses free ports, and the kernel opens them later: another process may be faster.
    """
    try:
        return start()
    except RuntimeError:  # the kernel did not get ready
        return start()


class Kernel:
    """A kernel that runs cells as a notebook does."""

    def __init__(self, **environment: str) -> None:
        self.manager, self.client = at_second_try(lambda: self._start(environment))

    def _start(self, environment: dict[str, str]) -> tuple[KernelManager, BlockingKernelClient]:
        manager = KernelManager()
        manager.start_kernel(cwd=str(NOTEBOOKS), env={**os.environ, **environment})
        try:
            return manager, self._connected(manager)
        except RuntimeError:
            manager.shutdown_kernel(now=True)
            raise

    def _connected(self, manager: KernelManager) -> BlockingKernelClient:
        client = manager.blocking_client()
        client.start_channels()
        try:
            client.wait_for_ready(timeout=60)
        except RuntimeError:
            client.stop_channels()
            raise
        return client

    def send(self, code: str) -> str:
        """Start a cell and return the id by which `collect` finds its outputs."""
        return self.client.execute(code)

    def collect(self, cell: str, until: str = "idle") -> Output:
        """Return what the cell put out, until the kernel is idle or has printed `until`."""
        found = Output()
        while True:
            message = self.client.get_iopub_msg(timeout=300)
            kind, content = message["msg_type"], message["content"]
            if message["parent_header"].get("msg_id") != cell:
                continue
            if kind in ("execute_result", "display_data"):
                found.shown.append(content["data"])
            elif kind == "stream":
                setattr(found, content["name"], getattr(found, content["name"]) + content["text"])
            elif kind == "error":
                found.error = content["ename"]
                found.report = _COLOURS.sub("", "\n".join(content["traceback"]))
            if until == content.get("execution_state") or until in found.stdout:
                return found

    def run(self, code: str) -> Output:
        """Run a cell to its end; nothing may reach stderr."""
        found = self.collect(self.send(code))
        assert found.stderr == "", found.stderr
        return found

    def value(self, expression: str) -> str:
        """Return what `print(expression)` prints."""
        found = self.run(f"print({expression})")
        assert not found.error
        return found.stdout.strip()

    def restart(self) -> None:
        """Restart, as the button does."""
        self.client.stop_channels()
        self.manager.restart_kernel()
        self.client = self._connected(self.manager)

    def end(self) -> None:
        """Kill what is left."""
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


@contextmanager
def kernel(**environment: str) -> Iterator[Kernel]:
    """A kernel of one's own, ended in any case."""
    started = Kernel(**environment)
    try:
        yield started
    finally:
        started.end()


def answers(port: int) -> bool:
    """Return True if a program listens at `port` of this machine."""
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0
