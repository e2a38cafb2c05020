"""What shows a notebook, by the variables that each program sets, and what to do there.

Left out: programs that set none, such as papermill; they count as Jupyter.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from classroom.display.hosted import hosted_on

ROOT = Path(__file__).resolve().parents[3]
VENV_PYTHON = ROOT / ".venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
COMMAND = "py course.py" if os.name == "nt" else "python3 course.py"
JUPYTER, VS_CODE = "Jupyter", "VS Code"
OF_VS_CODE = "VSCODE_PID"  # the variable that it sets


def front_end() -> str:
    """Return the name of the program or service that shows this notebook, else "Jupyter"."""
    # The service first: a hub's students may use VS Code, too.
    return hosted_on() or (VS_CODE if OF_VS_CODE in os.environ else JUPYTER)


def how_to_choose(older: bool = False) -> str:
    """Return how to choose the right kernel, as the end of a sentence; `older`: its Python is."""
    host = hosted_on()
    if host and older:
        return f"choose another one in the menu Kernel, or ask the people who run {host}"
    if host:
        file = ROOT / "requirements-hub.txt"
        return f'run %pip install -r "{file}" in a cell, then restart the kernel'
    if front_end() == VS_CODE:
        first = "" if VENV_PYTHON.exists() else f"run {COMMAND} setup in a terminal, then "
        return (
            f"{first}click the kernel's name at the top right of the notebook, "
            f'then "Select Another Kernel", "Python Environments", and {VENV_PYTHON}'
        )
    return f"close this Jupyter, and start the course's own with {COMMAND} in the folder {ROOT}"


def this_python() -> str:
    """Return the version and the path of the Python that runs this kernel."""
    return f"Python {sys.version.split()[0]} ({sys.executable})"
