"""A server program as a child process: start it, wait until it responds, end it.

Lessons, tests and benchmarks start their servers with this; see server_process.py for a lesson.
"""

import os
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Self

import requests

from classroom.browser_model import Client

ROOT = Path(__file__).resolve().parents[3]


class ChildProcess:
    """A running server at `url`; it ends with `stop` or at the end of its `with`.

    `seconds` is the time from its start to its first response.
    """

    name = "The server"  # in the error message
    start_seconds = 60.0
    stop_seconds = 10.0

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        url: str = "",
        path: str = "/health",
        folder: Path | None = None,
    ) -> None:
        """Start `command` in `folder` and wait until GET `path` is answered 200.

        Without `url`, the last word of a line that it prints must be its URL at 127.0.0.1. Raises
        RuntimeError, with what it printed, when it ends or does not respond in `start_seconds`.
        """
        self.url, self._printed, start = url, [], time.monotonic()
        self.process = subprocess.Popen(
            command,
            env=environment,
            cwd=folder,
            stdin=subprocess.PIPE,  # never written to: it closes when we close it, or die
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        responds = False
        try:
            responds = self._wait_for_response(path, start + self.start_seconds)
        finally:
            if not responds:  # or the wait was interrupted
                self.stop()
        if not responds:
            raise RuntimeError(f"{self.name} did not start. {self.printed.strip()}")
        self.seconds = time.monotonic() - start

    def __enter__(self) -> Self:
        """Return the running server."""
        return self

    def __exit__(self, *error: object) -> None:
        """Stop it, whatever happened meanwhile."""
        self.stop()

    @property
    def runs(self) -> bool:
        """True while the process is alive."""
        return self.process.poll() is None

    @property
    def printed(self) -> str:
        """All that it has printed, to either stream, but the line with its URL."""
        return "".join(self._printed)

    def wait_for_end(self, seconds: float = 60) -> str:
        """Wait until it has ended by itself; return what it printed."""
        self.process.wait(seconds)
        self._reader.join(seconds)
        return self.printed

    def stop(self) -> None:
        """End the process and wait for its end; safe to call twice."""
        if self.runs:
            self.ask_to_end()
        try:
            self.process.wait(self.stop_seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(self.stop_seconds)
        self.process.stdin.close()
        self._reader.join(self.stop_seconds)

    def ask_to_end(self) -> None:
        """Ask the process to end, in a way that it may delay."""
        self.process.terminate()

    def _wait_for_response(self, path: str, end: float) -> bool:
        while self.runs and time.monotonic() < end:
            if self.url and _is_answered(self.url, path):
                return True
            time.sleep(0.01)
        return False

    def _read(self) -> None:
        """Read all that the process prints, to its end: a full pipe would stop it."""
        with self.process.stdout as lines:
            for line in lines:
                *_, last = line.split() or [""]
                # Not just any URL: a warning may end with that of a page on the Web.
                if not self.url and last.startswith(("http://127.0.0.1:", "https://127.0.0.1:")):
                    self.url = last
                else:
                    self._printed.append(line)


def minisrv_environment(**settings: object) -> dict[str, str]:
    """Return this process's environment, with `settings` as the only variables of minisrv in it."""
    others = {k: v for k, v in os.environ.items() if not k.upper().startswith("MINISRV_")}
    named = {f"MINISRV_{name.upper()}": str(value) for name, value in settings.items()}
    paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**others, **named, "PYTHONPATH": os.pathsep.join(paths), "PYTHONUTF8": "1"}


def _is_answered(url: str, path: str) -> bool:
    try:
        return Client(url, timeout=5).get(path).status_code == 200
    except requests.RequestException:
        return False
