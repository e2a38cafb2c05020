"""Measure how long a newcomer waits for the first live response, once the packages are there.

That is a clone, the start of JupyterLab, and a kernel that runs lesson 00 up to its first exchange.
Left out: the browser, and how fast a newcomer clicks.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.servers import ROOT, Family, free_port
from tests.support.kernels import kernel

LESSON = "00-start-here.ipynb"
A_RESPONSE = "→ 201 Created"  # how the classroom writes it
GO_THERE = "import os, sys; os.chdir({folder!r}); sys.path.insert(0, '')"


def first_response() -> dict[str, float]:
    """Return the seconds from the clone to the first live response, and those of its parts."""
    with TemporaryDirectory(prefix="benchmark-", ignore_cleanup_errors=True) as folder:
        start = time.perf_counter()
        clone = _clone(Path(folder, "signup-lessons"))
        cloned = time.perf_counter() - start
        jupyterlab, lesson = _jupyterlab(clone), _first_exchange(clone / "notebooks")
        return {"newcomer_s": cloned + jupyterlab + lesson, "jupyterlab_s": jupyterlab}


def _clone(folder: Path) -> Path:
    """Return `folder` with a clone of the project, or a copy if there is no git."""
    try:
        clone = ("git", "clone", "--quiet", str(ROOT), str(folder))
        subprocess.run(clone, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(".venv", ".peers"))
    return folder


def _jupyterlab(root: Path) -> float:
    """Return the seconds until JupyterLab shows its page; it is ended at once."""
    port = free_port()
    options = [f"--ServerApp.root_dir={root}", f"--ServerApp.port={port}", "--no-browser"]
    options += ["--IdentityProvider.token=", "--LabApp.news_url=None"]
    options += ["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    command = [sys.executable, "-m", "jupyterlab", *options]
    with Family(command, os.environ, f"http://127.0.0.1:{port}", "/lab", root) as jupyterlab:
        return jupyterlab.seconds


def _first_exchange(notebooks: Path) -> float:
    """Return the seconds of a kernel that runs the lesson until a response is shown."""
    start = time.perf_counter()
    cells = json.loads(Path(notebooks, LESSON).read_text(encoding="utf-8"))["cells"]
    with kernel() as one:
        one.run(GO_THERE.format(folder=str(notebooks)))
        for cell in cells:
            if cell["cell_type"] == "code" and A_RESPONSE in one.run("".join(cell["source"])).text:
                return time.perf_counter() - start
    raise RuntimeError(f"Lesson {LESSON} shows no response.")
