"""Each hole of nbval is shown closed: an honest cell is green, its doctored variation is red.

The notebooks are made here and tested by pytest itself, as pyproject.toml sets it up, in processes
of their own. Left out: the lessons, which run as tests themselves.
"""

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import nbformat
import pytest
from cells import Cell, printed
from doctored_cells import DOCTORED, HONEST

ROOT = Path(__file__).resolve().parents[1]
NAMES = {"dead": "import os\nos._exit(1)", "slow": "while True:\n    pass"}
SWALLOWS = "import time\ntry:\n    time.sleep(60)\nexcept KeyboardInterrupt:\n    pass"
SILENT = Cell("print(2)", (printed("1\n"),), tags=("nbval-ignore-output",))
EXCUSE = "notebook_excuses=\n{}.ipynb silent: its output is the machine's own"


@dataclass
class Run:
    """One run of pytest: its exit code, what it printed, and each cell's verdict and words."""

    code: int
    text: str
    cells: dict[str, list[tuple[str, str]]]


def notebook(folder: Path, name: str, **cells: Cell) -> Path:
    """Write a notebook of these cells, whose ids are their names with hyphens."""
    path = folder / f"{name}.ipynb"
    named = enumerate(cells.items(), start=1)
    nodes = [cell.node(place, word.replace("_", "-")) for place, (word, cell) in named]
    nbformat.write(nbformat.v4.new_notebook(cells=nodes), path)
    return path


def run(*paths: Path, processes: int = 0, options: tuple[str, ...] = ()) -> Run:
    """Test the notebooks as `python -m pytest` does here, with some options changed."""
    folder = paths[0].parent
    report = folder / f"{paths[0].stem}.xml"
    command = [
        sys.executable,
        "-m",
        "pytest",
        *map(str, paths),
        f"-n{processes}",
        f"--rootdir={folder}",
    ]
    command += ["-c", str(ROOT / "pyproject.toml"), "--color=no", f"--junitxml={report}", *options]
    command += ["-o", "junit_family=xunit1"]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    done = subprocess.run(
        command, cwd=ROOT, env=kept, capture_output=True, encoding="utf-8", timeout=120
    )
    cells: dict[str, list[tuple[str, str]]] = {}
    for case in ElementTree.parse(report).iter("testcase"):
        verdicts = {child.tag: child for child in case if child.tag not in ("properties",)}
        print(case.attrib, verdicts)
    return Run(done.returncode, done.stdout + done.stderr, cells)


def test_it(tmp_path):
    p = notebook(tmp_path, "honest", **HONEST)
    q = notebook(tmp_path, "doctored", **DOCTORED)
    d = notebook(tmp_path, "dead", dead=Cell(NAMES["dead"]), later=Cell("x"))
    r = run(p, q, d)
    print(r.text)
    assert 0
