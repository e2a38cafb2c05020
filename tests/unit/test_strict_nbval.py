"""Each hole of nbval is shown closed: an honest cell is green, its doctored variation is red.

The notebooks are made here and tested by pytest itself, as pyproject.toml sets it up, in processes
of their own. Left out: the lessons, which run as tests themselves.
"""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import nbformat
import pytest

from tests.support.cells import Cell
from tests.support.doctored_cells import DOCTORED, GREEN, HONEST
from tests.support.paths import ROOT


@dataclass
class Run:
    """One run of pytest: its exit code, what it printed, each cell's verdict and its complaint."""

    code: int
    text: str
    cells: dict[str, list[str]]
    complaints: dict[str, list[str]]


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
    cells: dict[str, list[str]] = {}
    complaints: dict[str, list[str]] = {}
    for case in ElementTree.parse(report).iter("testcase"):
        bad = [child.text or "" for child in case if child.tag in ("failure", "error", "skipped")]
        name = (case.get("file") or case.get("classname", "")).rpartition("/")[2]
        cells.setdefault(name, []).append("red" if bad else "green")
        complaints.setdefault(name, []).append("\n".join(bad))
    return Run(done.returncode, done.stdout + done.stderr, cells, complaints)


def test_an_honest_notebook_is_green(tmp_path: Path) -> None:
    done = run(notebook(tmp_path, "honest", **HONEST))
    assert done.cells == {"honest.ipynb": ["green"] * len(HONEST)}, done.text
    assert done.code == 0 and "100.0 %" in done.text


@pytest.fixture(scope="module")
def red(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """One run of two notebooks, each with a kernel of its own."""
    folder = tmp_path_factory.mktemp("red")
    dead = {"dead": Cell("import os\nos._exit(1)"), "later": Cell("x")}
    return run(notebook(folder, "doctored", **DOCTORED), notebook(folder, "dead", **dead))


def test_every_doctored_cell_is_red(red: Run) -> None:
    verdicts = dict(zip(DOCTORED, red.cells["doctored.ipynb"], strict=True))
    green = [name for name, is_ in verdicts.items() if is_ == "green"]
    assert green == list(GREEN), red.text


@pytest.mark.parametrize("name", [name for name in DOCTORED if name not in GREEN])
def test_a_doctored_cell_is_red_for_the_right_reason(red: Run, name: str) -> None:
    complaints = dict(zip(DOCTORED, red.complaints["doctored.ipynb"], strict=True))
    assert DOCTORED[name].complaint not in DOCTORED[name].source  # which is quoted, too
    assert DOCTORED[name].complaint in complaints[name]


def test_a_dead_kernel_is_noticed_at_once_and_makes_the_rest_red(red: Run) -> None:
    assert red.cells["dead.ipynb"] == ["red", "red"], red.text


@pytest.mark.slow
def test_a_cell_that_never_ends_is_red(tmp_path: Path) -> None:
    slow = notebook(tmp_path, "slow", slow=Cell("while True:\n    pass"))
    done = run(slow, options=("--nbval-cell-timeout=2",))
    assert done.cells == {"slow.ipynb": ["red"]}, done.text


@pytest.mark.weekly
def test_two_notebooks_at_once_have_a_kernel_each(tmp_path: Path) -> None:
    done = run(notebook(tmp_path, "a", **HONEST), notebook(tmp_path, "b", **HONEST), processes=2)
    assert done.code == 0, done.text
    assert set(done.cells) == {"a.ipynb", "b.ipynb"}
