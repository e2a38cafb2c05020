"""minisrv in a process of its own, for lessons about time: nothing of the notebook slows it down.

    with ServerProcess(signup="whole_password", bcrypt_cost=13) as alone:
        requests.get(alone.url + "/health")

Left out: a look inside. No exchanges are recorded, and no route of a cell can be plugged in.
"""

import os
import secrets
import subprocess
import sys
import threading
from pathlib import Path

from classroom.server.network import HOST, bypass_proxy

ROOT = Path(__file__).resolve().parents[3]
CHILD = Path(__file__).with_name("server_child.py")
READY = f"minisrv answers at http://{HOST}:"
START_SECONDS = 30.0
STOP_SECONDS = 5.0


class ServerProcess:
    """A running minisrv at `url`; it ends with `stop`, with its `with`, or with the kernel."""

    def __init__(self, signup: str = "reference", **settings: object) -> None:
        """Start at a free port with the rung `signup` of the ladder and minisrv's Settings by name.

        The database is in memory unless `database_url` says otherwise. Raises RuntimeError, with
        what the process said, when it does not start.
        """
        bypass_proxy()
        # -P: else the folder of the script, this one, would hide modules of Python such as html.
        command = [sys.executable, "-P", str(CHILD), "--port", "0", "--signup", signup]
        self._process = subprocess.Popen(
            command,
            env=_environment({"database_url": "sqlite://", **settings}),
            stdin=subprocess.PIPE,  # never written to: it closes when we stop, or die
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
        self.url, self._said, self._told = "", [], threading.Event()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        if not (self._told.wait(START_SECONDS) and self.url):
            self.stop()
            raise RuntimeError("The server did not start. " + " ".join(self._said).strip())

    def __enter__(self) -> "ServerProcess":
        """Return the running server."""
        return self

    def __exit__(self, *error: object) -> None:
        """Stop it, whatever happened meanwhile."""
        self.stop()

    @property
    def runs(self) -> bool:
        """Return True if the process is alive."""
        return self._process.poll() is None

    def stop(self) -> None:
        """End the process and wait for its end; safe to call twice."""
        if not self._process.stdin.closed:
            self._process.stdin.close()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(STOP_SECONDS)
        self._listener.join(STOP_SECONDS)
        self._process.stdout.close()

    def _listen(self) -> None:
        """Read all that the process says, to its end: a full pipe would stop it."""
        for line in self._process.stdout:
            if line.startswith(READY):
                self.url = line.split()[-1]
                self._told.set()
            elif not self.url:
                self._said.append(line)
        self._told.set()


def _environment(settings: dict[str, object]) -> dict[str, str]:
    """Return ours, with the settings as variables of minisrv, and the way to its package."""
    others = {k: v for k, v in os.environ.items() if not k.upper().startswith("MINISRV_")}
    named = {f"MINISRV_{name.upper()}": str(value) for name, value in settings.items()}
    named.setdefault("MINISRV_SECRET", secrets.token_urlsafe(32))
    paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**others, **named, "PYTHONPATH": os.pathsep.join(paths), "PYTHONUTF8": "1"}
