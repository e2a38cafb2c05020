"""A browser's process and its profile: both begin empty, and both are gone afterwards.

Left out: what is said to the browser (wire.py), and a kernel that is killed while one runs: Jupyter
then ends the browser as well, but the profile stays in the system's folder for temporary files.
"""

import re
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, Queue

from classroom.real_browsers.find import SNAPS, Found
from classroom.real_browsers.wire import BrowserFailed

ADDRESS = re.compile(r"listening on (ws://\S+)\s")  # how both engines announce it
NOISE = re.compile(r"dbus|^\*\*\*|^\s*$")  # what they say in good health as well
PLACE = re.compile(r"^\[\S+\] ")  # where in Chromium's code a line comes from
WIDTH = 200  # characters of what went wrong: Chromium can be wordy
START_SECONDS = 60.0
STOP_SECONDS = 5.0


@contextmanager
def fresh_profile(found: Found) -> Iterator[Path]:
    """Lend an empty folder to `found`, and delete it with all that is in it at the end."""
    # A browser that Ubuntu installed as a snap sees no temporary files but those of its own.
    snap = Path.home() / "snap" / found.path.name / "common"
    of_snap = found.path.parent == SNAPS and snap.is_dir()
    folder = Path(tempfile.mkdtemp(prefix="course-browser-", dir=snap if of_snap else None))
    try:
        yield folder
    finally:
        _delete(folder)


@contextmanager
def running(name: str, command: list[str]) -> Iterator[str]:
    """Run the browser called `name`, lend the address of its websocket, and end it.

    Raises BrowserFailed, with the last that the browser said, if it does not come up.
    """
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        )
    except OSError as problem:
        raise BrowserFailed(f"{name} did not start: {problem}.") from problem
    said: Queue[str] = Queue()
    listener = threading.Thread(target=_listen, args=(process, said), daemon=True)
    listener.start()
    try:
        yield _address(name, said)
    finally:
        _end(process)
        listener.join(STOP_SECONDS)


def _listen(process: subprocess.Popen, said: Queue) -> None:
    """Read all that the process says, to its end: a full pipe would stop it."""
    with process.stdout:
        for line in process.stdout:
            said.put(line)
    said.put("")  # no line is empty, for each has its end


def _address(name: str, said: Queue) -> str:
    """Wait for the address among the lines that the browser says."""
    last, end = "it said nothing", time.monotonic() + START_SECONDS
    while True:
        try:
            line = said.get(timeout=max(0.001, end - time.monotonic()))
        except Empty:
            late = f"{name} did not start within {START_SECONDS:g} s: {last}."
            raise BrowserFailed(late) from None
        if not line:
            raise BrowserFailed(f"{name} did not start: {last}.")
        if found := ADDRESS.search(line):
            return found[1]
        if not NOISE.search(line):
            last = PLACE.sub("", line)[:WIDTH].strip().rstrip(".")


def _end(process: subprocess.Popen) -> None:
    """End the process: most have been asked to close by now, the others have no choice."""
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(STOP_SECONDS)


def _delete(folder: Path) -> None:
    """Delete a folder, again and again while the last of the browser's processes write there."""
    end = time.monotonic() + STOP_SECONDS
    while folder.exists() and time.monotonic() < end:
        shutil.rmtree(folder, ignore_errors=True)
        time.sleep(0.02)
