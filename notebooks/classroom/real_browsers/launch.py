"""Start a browser with an empty profile for the length of a `with`, and delete both at the end.

If the kernel is killed meanwhile, Jupyter ends the browser as well, but the profile stays in the
system's folder for temporary files.
"""

import re
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from queue import Empty, Queue

from classroom.real_browsers.browser import Browser
from classroom.real_browsers.chromium import Chromium
from classroom.real_browsers.connection import BrowserFailed, BrowserUnresponsive, Connection
from classroom.real_browsers.find import SNAPS, Found
from classroom.real_browsers.firefox import Firefox
from classroom.real_browsers.pipe import Pipe

ENGINES: dict[str, type[Browser]] = {"chromium": Chromium, "firefox": Firefox}
ADDRESS = re.compile(r"listening on (ws://\S+)\s")  # how both engines announce it
NOISE = re.compile(r"dbus|^\*\*\*|^\s*$")  # lines that appear in a healthy start as well
CODE_PLACE = re.compile(r"^\[\S+\] ")  # Chromium begins a line with its file and number
SILENT = "it said nothing"
MESSAGE_WIDTH = 200  # characters of an error message: Chromium's can be long
START_SECONDS = 60.0
STOP_SECONDS = 5.0


@contextmanager
def open_browser(
    found: Found,
    preferences: Mapping[str, object] | None = None,
    trusted: str = "",
    options: tuple[str, ...] = (),
) -> Iterator[Browser]:
    """Start `found` without a window and with an empty profile; end it and delete the profile.

    `preferences` are the browser's own, by name, such as {"network.cookie.cookieBehavior": 0} in
    Firefox. `trusted` is for our server over TLS: the hash of its key, in base64. Chromium then
    trusts that key, and Firefox trusts every certificate. `options` are added to the command line.
    Raises BrowserFailed if it does not start.
    """
    engine = ENGINES[found.engine]
    with (
        fresh_profile(found) as profile,
        running(
            found.name,
            [*engine.command(found.path, profile, preferences or {}, trusted), *options],
            STOP_SECONDS if engine.deletes_its_files else 0,
            Pipe() if engine.by_pipe else None,
        ) as way,
        closing(Connection(found.name, way, engine.endpoint)) as connection,
    ):
        try:
            yield engine(found.name, connection, bool(trusted))
        finally:
            with suppress(BrowserFailed):  # `running` ends the process in any case
                connection.call(engine.close_method, STOP_SECONDS)


@contextmanager
def fresh_profile(found: Found) -> Iterator[Path]:
    """Yield an empty folder for `found`, and delete it with all files in it at the end."""
    # A browser that Ubuntu installed as a snap can see only its own temporary files.
    snap = Path.home() / "snap" / found.path.name / "common"
    of_snap = found.path.parent == SNAPS and snap.is_dir()
    folder = Path(tempfile.mkdtemp(prefix="course-browser-", dir=snap if of_snap else None))
    try:
        yield folder
    finally:
        _delete(folder)


@contextmanager
def running(
    name: str, command: list[str], patience: float, pipe: Pipe | None
) -> Iterator[str | Pipe]:
    """Start the browser called `name`, yield `pipe` or the address of its websocket, and end it.

    If all goes well, it has `patience` seconds to end by itself. Raises BrowserFailed, with the
    last line that the browser printed, if it does not start.
    """
    try:
        process = subprocess.Popen(
            pipe.command(command) if pipe else command,
            pass_fds=pipe.ends if pipe else (),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        )
    except OSError as problem:
        raise BrowserFailed(f"{name} did not start: {problem}.") from problem
    finally:
        if pipe:
            pipe.give_away()
    lines: Queue[str] = Queue()
    reader = threading.Thread(target=_read, args=(process, lines), daemon=True)
    reader.start()
    try:
        yield _responding(name, lines, pipe) if pipe else _address(name, lines)
        with suppress(subprocess.TimeoutExpired):
            process.wait(patience)
    finally:
        if pipe:
            pipe.shutdown()
        _end(process)
        reader.join(STOP_SECONDS)


def _read(process: subprocess.Popen, lines: Queue) -> None:
    """Read everything that the process prints, to the end: a full pipe would stop it."""
    with process.stdout:
        for line in process.stdout:
            lines.put(line)
    lines.put("")  # marks the end: a line that was read is never empty


def _responding(name: str, lines: Queue, pipe: Pipe) -> Pipe:
    """Wait for a first response over `pipe`."""
    try:
        pipe.settimeout(START_SECONDS)
        pipe.send('{"id": 0, "method": "Browser.getVersion"}')
        pipe.recv()
    except TimeoutError:
        lines.put("")  # nothing more is to be read
        late = f"{name} did not start within {START_SECONDS:g} s: {_last(lines)}."
        raise BrowserUnresponsive(late) from None
    except OSError:
        raise BrowserFailed(f"{name} did not start: {_last(lines)}.") from None
    return pipe


def _last(lines: Queue) -> str:
    """Return the last line that says something, of all to the end."""
    last = SILENT
    with suppress(Empty):
        while line := lines.get(timeout=STOP_SECONDS):
            last = last if NOISE.search(line) else _short(line)
    return last


def _short(line: str) -> str:
    return CODE_PLACE.sub("", line)[:MESSAGE_WIDTH].strip().rstrip(".")


def _address(name: str, lines: Queue) -> str:
    """Wait for the address among the lines that the browser prints."""
    last, deadline = SILENT, time.monotonic() + START_SECONDS
    while True:
        try:
            line = lines.get(timeout=max(0.001, deadline - time.monotonic()))
        except Empty:
            late = f"{name} did not start within {START_SECONDS:g} s: {last}."
            raise BrowserUnresponsive(late) from None
        if not line:
            raise BrowserFailed(f"{name} did not start: {last}.")
        if found := ADDRESS.search(line):
            return found[1]
        if not NOISE.search(line):
            last = _short(line)


def _end(process: subprocess.Popen) -> None:
    """End the process, by force if it was not closed by its own command."""
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(STOP_SECONDS)


def _delete(folder: Path) -> None:
    """Delete a folder; try again while the last processes of the browser still write there."""
    deadline = time.monotonic() + STOP_SECONDS
    while folder.exists() and time.monotonic() < deadline:
        shutil.rmtree(folder, ignore_errors=True)
        time.sleep(0.02)
