"""Where a notebook runs, by the variables that each program sets, and what to do there.

Left out: programs that set none, such as papermill; they count as Jupyter.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
VENV_PYTHON = ROOT / ".venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
COMMAND = "py course.py" if os.name == "nt" else "python3 course.py"
JUPYTER, VS_CODE = "Jupyter", "VS Code"
# The first whose variable is set counts: a hub's students may use VS Code, too.
VARIABLES = {
    "COLAB_RELEASE_TAG": "Colab",
    "BINDER_SERVICE_HOST": "Binder",
    "JUPYTERHUB_API_URL": "a JupyterHub",
    "CODESPACES": "Codespaces",
    "VSCODE_PID": VS_CODE,
}
FAR = ("Colab", "Binder", "a JupyterHub", "Codespaces")  # the browser is on another computer


def front_end() -> str:
    """Return the name of the program or service that shows this notebook, else "Jupyter"."""
    return next((name for variable, name in VARIABLES.items() if variable in os.environ), JUPYTER)


def how_to_choose(older: bool = False) -> str:
    """Return how to choose the right kernel, as the end of a sentence; `older`: its Python is."""
    where = front_end()
    if where in FAR and older:
        return f"choose another one in the menu Kernel, or ask the people who run {where}"
    if where in FAR:
        file = ROOT / "requirements-hub.txt"
        return f'run %pip install -r "{file}" in a cell, then restart the kernel'
    if where == VS_CODE:
        first = "" if VENV_PYTHON.exists() else f"run {COMMAND} setup in a terminal, then "
        return (
            f"{first}click the kernel's name at the top right of the notebook, "
            f'then "Select Another Kernel", "Python Environments", and {VENV_PYTHON}'
        )
    return f"close this Jupyter, and start the course's own with {COMMAND} in the folder {ROOT}"


def this_python() -> str:
    """Return the version and the path of the Python that runs this kernel."""
    return f"Python {sys.version.split()[0]} ({sys.executable})"
