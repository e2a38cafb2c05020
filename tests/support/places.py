"""An environment of its own in a temporary folder: packages, kernels, commands.

Left out: what is run in it (tests/elsewhere.py) and Jupyter's servers (jupyter_servers.py).
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bootstrap.environment import STRICT
from bootstrap.variables import settings_of_pip, variables
from classroom.display.hosted import HOSTS
from classroom.doctor.front_end import OF_VS_CODE

WHEELS = STRICT[1:]  # these packages are pinned by number, and have no hashes here
OURS = {"PYDEVD_DISABLE_FILE_VALIDATION": "1"}  # older kernels warn about their own debugger


class CannotBeMade(Exception):
    """A command failed that only prepares; the text is its last line."""


class Place:
    """An environment in `folder`, and nothing of the user's Jupyter in it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.venv = folder, folder / "venv"
        self.python = python_of(self.venv)
        jupyter = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
        own = {name: str(folder / name.lower()) for name in jupyter}
        own["PYTHONPYCACHEPREFIX"] = str(folder / "compiled")  # not in the course's folder
        # nbgrader calls a command by its name, as it can where the environment is activated.
        own["PATH"] = f"{self.python.parent}{os.pathsep}{os.environ['PATH']}"
        hosts = {OF_VS_CODE, *HOSTS}
        self.variables = {k: v for k, v in variables().items() if k not in hosts} | own | OURS
        self.run(sys.executable, "-m", "venv", str(self.venv))

    def run(self, *command: str, cwd: Path | None = None, env: dict | None = None) -> str:
        """Run a command in `cwd` or the folder and return what it prints; raise CannotBeMade."""
        done = subprocess.run(
            command,
            cwd=cwd or self.folder,
            env=env or self.variables,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        )
        if done.returncode:
            said = done.stdout.strip() or f"status {done.returncode}"
            raise CannotBeMade(said.splitlines()[-1])
        return done.stdout

    def install(self, *requirements: str) -> None:
        """Let pip install wheels, from where this machine's pip fetches them."""
        print(f"  installing {' '.join(Path(one).name for one in requirements)} …", flush=True)
        pip = [str(self.python), "-m", "pip"]
        command = [*pip, "install", "--no-input", "--quiet", "--no-compile", *WHEELS, *requirements]
        self.run(*command, env=settings_of_pip(pip))

    def add_kernel(self, python: str, name: str) -> None:
        """Let Jupyter of this environment offer the kernel of `python` under `name`."""
        self.run(python, "-m", "ipykernel", "install", "--prefix", str(self.venv), "--name", name)


def python_of(venv: Path) -> Path:
    """Return the Python of an environment."""
    return venv / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


@contextmanager
def place() -> Iterator[Place]:
    """A place that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="elsewhere ", ignore_cleanup_errors=True) as folder:
        print("  making an environment …", flush=True)
        yield Place(Path(folder).resolve())
