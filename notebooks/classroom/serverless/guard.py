"""End all instances, also frozen ones, when the kernel ends, in whatever way it ends.

A frozen process cannot notice anything, so a second one watches: this file is its program, too. It
waits until its standard input is closed, as the system does when the kernel dies.
"""

import shutil
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

import psutil

# Ctrl-C and a kernel's interrupt go to the kernel's group; the processes here have their own.
OWN_GROUP: dict[str, int] = (
    {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    if sys.platform == "win32"
    else {"process_group": 0}
)


class Guard:
    """A process that kills the watched ones and removes `folder` when the kernel ends."""

    def __init__(self, folder: Path) -> None:
        """Start it."""
        self._lock = threading.Lock()  # several instances may start at once
        self._process = subprocess.Popen(
            [sys.executable, "-P", __file__, str(folder)],
            stdin=subprocess.PIPE,
            text=True,
            **OWN_GROUP,
        )

    def watch(self, pid: int) -> None:
        """Let the process `pid` end with the kernel."""
        with self._lock, suppress(psutil.Error):  # the process has ended already
            self._process.stdin.write(f"{pid} {psutil.Process(pid).create_time()!r}\n")
            self._process.stdin.flush()

    def end(self) -> None:
        """End all that is watched, remove the folder, and wait; safe to call twice."""
        self._process.stdin.close()
        self._process.wait()


def kill(pid: int, born: float) -> list[psutil.Process]:
    """Kill the process that had this number then, and its children; frozen ones as well."""
    try:
        process = psutil.Process(pid)
        if process.create_time() != born:  # another process has the number now
            return []
        return kill_family(process)
    except psutil.NoSuchProcess:
        return []


def kill_family(process: psutil.Process) -> list[psutil.Process]:
    """Kill a process and those that it has started; return them. Raises psutil.NoSuchProcess.

    Left out: processes whose parent has ended, which nobody can tell from others any more.
    """
    family = [*process.children(recursive=True), process]
    for one in family:
        with suppress(psutil.NoSuchProcess):
            one.kill()
    return family


def main(folder: str) -> None:
    """Read the processes from standard input. When it closes, kill them and remove the folder."""
    watched = [line.split() for line in sys.stdin]
    killed = [one for pid, born in watched for one in kill(int(pid), float(born))]
    psutil.wait_procs(killed, timeout=10)  # Windows removes no folder that a process works in
    shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main(sys.argv[1])
