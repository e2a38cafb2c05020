"""Make both locks and the list for hubs: `python -m tests.make_locks`, with uv on the path.

Pins that still fit stay. `--upgrade` takes the newest of all, and `--upgrade-package NAME` of one;
further options go on to `uv pip compile`.
"""

import shutil
import subprocess
import sys
import tomllib

from tests.support.paths import ROOT

# The larger first: its pins are then those of the smaller.
LOCKS = {"requirements-test.txt": ("lab", "test"), "requirements.txt": ("lab",)}
FORM = ("--universal", "--generate-hashes", "--no-emit-index-url", "--no-header")
HUB = "requirements-hub.txt"
HUB_HEAD = """\
# What the lessons import, for a Jupyter that is there already: a hub's, Colab's. JupyterLab and
# the kernel are not in it, and versions stay if they are new enough.
# `python -m tests.make_locks` made it.
"""


def compiled(lock: str, groups: tuple[str, ...], options: list[str]) -> None:
    """Write a lock with hashes, for every system and for Python 3.11 and newer."""
    named = [word for group in groups for word in ("--group", group)]
    form = [*FORM, "--python-version", "3.11", "--output-file", lock]
    command = ["uv", "pip", "compile", "pyproject.toml", *named, *form, "--quiet", *options]
    subprocess.run(command, cwd=ROOT, check=True)


def hub() -> str:
    """Return the text of requirements-hub.txt: pyproject's dependencies, one a line."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return HUB_HEAD + "".join(f"{wanted}\n" for wanted in project["dependencies"])


def main(options: list[str]) -> int:
    """Write the three files; return 1 if uv is missing, or its status if it fails."""
    if not shutil.which("uv"):
        print("uv is missing: install it (python -m pip install uv), then run this again.")
        return 1
    (ROOT / HUB).write_text(hub(), "utf-8", newline="\n")
    larger = None
    for lock, groups in LOCKS.items():
        if larger:  # uv keeps the pins that it finds in the file that it writes
            shutil.copy(ROOT / larger, ROOT / lock)
        print(f"making {lock} …", flush=True)
        try:
            compiled(lock, groups, options if not larger else [])
        except subprocess.CalledProcessError as failure:
            return failure.returncode
        larger = lock
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
