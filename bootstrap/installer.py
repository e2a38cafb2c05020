"""Run an installer and show its progress.

Left out: the choice between uv and pip (environment.py).
"""

import re
import subprocess
from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path

STEP = 20  # packages from one line of progress to the next


def install(command: list[str], lock: Path, settings: dict[str, str]) -> str:
    """Run `command -r lock`; return its last lines if it failed, otherwise "".

    `settings` are the environment variables that it gets.
    """
    total = len(re.findall(r"^\S+==", lock.read_text("utf-8"), re.MULTILINE))
    with subprocess.Popen(
        [*command, "-r", str(lock)],
        cwd=lock.parent,
        env=settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    ) as child:
        try:
            last = deque(shown(child.stdout or (), total), maxlen=12)
            status = child.wait()
            if status < 0 or (status and not last):  # killed, and nothing that is printed says so
                last.append(f"The installer ended with status {status}.")
            return "".join(last).strip() if status else ""
        finally:
            child.terminate()  # it still runs only if we were told to stop


def shown(lines: Iterable[str], total: int) -> Iterator[str]:
    """Yield all lines and print a few of them: pip prints three lines for each package."""
    count = 0
    for line in lines:
        yield line
        word = line.split(maxsplit=1)[0] if line.strip() else ""
        if word in ("Ignoring", "Requirement"):  # of another system; "already satisfied"
            total -= 1
        elif line.startswith(("Collecting ", "Processing ")):
            count += 1
            if count % STEP == 0 or count == total:
                print(f"  {count} of {total} packages fetched", flush=True)
        elif line.startswith("Installing collected"):
            print(f"  unpacking {count} packages, half of the time ...", flush=True)
        elif word in ("Resolved", "Downloading", "Prepared", "Installed") and line == line.lstrip():
            print(f"  {line.rstrip()}", flush=True)
