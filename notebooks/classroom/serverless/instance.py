"""An instance: one process with the unpacked function, which handles one event at a time.

Its life: started cold, busy with an event, warm while it waits, frozen if the cloud freezes it, and
ended. Left out: what it is asked to do (dispatcher.py).
"""

import asyncio
import os
import subprocess
import threading
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from classroom.server.child_process import minisrv_environment
from classroom.serverless.guard import OWN_GROUP, kill_family
from classroom.serverless.reasons import of_end

KEPT = 1000  # lines that it has printed; the oldest are forgotten
COLD, BUSY, WARM, FROZEN, ENDED = "cold", "busy", "warm", "frozen", "ended"


@dataclass
class Invocation:
    """An event on its way: its id and text, and a future for what becomes of it."""

    id: str
    event: str
    done: asyncio.Future[tuple[str, str]]  # how, and the text
    deadline: float = 0.0  # seconds since 1970


@dataclass(eq=False)
class Instance:
    """One instance: its letter, its process, its state, and the events that it has handled."""

    name: str
    process: subprocess.Popen[str]
    state: str = COLD
    handled: int = 0
    current: Invocation | None = None
    killed: bool = False
    inbox: asyncio.Queue[Invocation | None] = field(default_factory=asyncio.Queue)
    printed: deque[str] = field(default_factory=lambda: deque(maxlen=KEPT))
    _frozen: list[psutil.Process] = field(default_factory=list)

    def freeze(self) -> None:
        """Stop the process, and those that it has started, where they are until `thaw`.

        In an environment of Windows the function runs in such a one: `python` is a launcher there.
        """
        with suppress(psutil.NoSuchProcess):
            first = psutil.Process(self.process.pid)
            first.suspend()
            self.state, self._frozen = FROZEN, [first, *first.children(recursive=True)]
            for one in self._frozen[1:]:
                with suppress(psutil.NoSuchProcess):
                    one.suspend()

    def thaw(self) -> None:
        """Let them run again."""
        for one in self._frozen:
            with suppress(psutil.NoSuchProcess):
                one.resume()

    def kill(self) -> None:
        """End the process and those that it has started at once, also if it is frozen."""
        self.killed = True
        if self.process.poll() is None:  # else its number may be another process's
            with suppress(psutil.NoSuchProcess):
                kill_family(psutil.Process(self.process.pid))

    def why_it_ended(self) -> str:
        """Return a sentence that says why the process ended."""
        return of_end(None if self.killed else self.process.poll(), self.printed)

    def watch(self, ended: Callable[[], object]) -> None:
        """Read what the process prints, in a thread; call `ended` there when it has ended."""

        def read() -> None:
            with self.process.stdout as lines:
                for line in lines:
                    self.printed.append(line)
            self.process.wait()
            ended()

        threading.Thread(target=read, name=f"classroom-server-{self.name}", daemon=True).start()


def start(
    name: str, command: Sequence[str], folder: Path, api: str, more: Mapping[str, str]
) -> Instance:
    """Start the runtime `command` in `folder`; it finds the Runtime API at `api`, as host:port.

    `more` are further variables of its environment.
    """
    base = minisrv_environment()
    paths = os.pathsep.join([str(folder), base["PYTHONPATH"]])
    own = {"AWS_LAMBDA_RUNTIME_API": api, "LAMBDA_TASK_ROOT": str(folder), "PYTHONPATH": paths}
    process = subprocess.Popen(
        command,
        cwd=folder,
        env={**base, "PYTHONUNBUFFERED": "1", **own, **more},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        **OWN_GROUP,
    )
    return Instance(name, process)
