"""A home folder that can be written, for JupyterLab, its kernels and the browsers.

Containers and clusters start people without one; a `sudo` once leaves folders there that belong to
root. Left out: Windows, where each account has one.
"""

import atexit
import os
import shutil
import tempfile
from functools import cache
from pathlib import Path

# Where Jupyter and IPython write, from the outermost folder inwards.
WRITTEN = (
    *("", ".local", ".local/share", ".local/share/jupyter", ".local/share/jupyter/runtime"),
    *("Library/Jupyter", "Library/Jupyter/runtime"),
    *(".jupyter", ".jupyter/lab", ".ipython", ".ipython/profile_default"),
)


@cache
def usable_home() -> dict[str, str]:
    """Return no variables, or HOME: a temporary folder, if there is no home that can be written."""
    reason = "" if os.name == "nt" else objection()
    if not reason:
        return {}
    folder = tempfile.mkdtemp(prefix="course-home-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    print(f"{reason}, so settings are kept in {folder} until this ends.", flush=True)
    return {"HOME": folder}


def objection() -> str:
    """Return why the home folder cannot be used, or "" if it can."""
    try:
        home = Path.home()
    except RuntimeError:  # no HOME, and the user is in no list of users
        return "This user has no home folder"
    if not home.is_dir():
        return f"There is no home folder {home}"
    there = [home / name for name in WRITTEN if os.path.exists(home / name)]
    locked = [folder for folder in there if not os.access(folder, os.W_OK | os.X_OK)]
    return f"The folder {locked[0]} cannot be written" if locked else ""
