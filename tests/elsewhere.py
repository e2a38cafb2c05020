"""`python -m tests.elsewhere [NAME …]`: run a lesson in other people's Jupyter, and by their tools.

Each gets an environment of its own in a temporary folder, so this needs the network. It prints a
table of what came of it, and ends with 1 if something is not as expected. Run it with the Python of
the course's own environment, whose kernel is one of those tried. Left out: pages in a browser.
"""

import csv
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import tests.plugins.fast_start  # noqa: F401 - first: it must come before nbformat

# isort: split
from jupyter_client import AsyncKernelManager
from jupyter_client.kernelspec import KernelSpecManager
from nbclient import NotebookClient
from nbformat import NotebookNode

for room in (".", "notebooks"):
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / room))

from tests.support.assignment import write_assignment  # noqa: E402
from tests.support.jupyter_servers import run, server  # noqa: E402
from tests.support.paths import NOTEBOOKS, ROOT  # noqa: E402
from tests.support.places import CannotBeMade, Place, place  # noqa: E402
from tests.support.stored import equal, read  # noqa: E402

LESSON = NOTEBOOKS / "00-start-here.ipynb"
HUB = ("-r", str(ROOT / "requirements-hub.txt"))
NOTEBOOK, LAB, KERNEL = "notebook==7.6.5", "jupyterlab==4.4.10", "ipykernel==7.4.0"
COLAB = ("ipython==7.34.0", "ipykernel==6.17.1")
PAPERMILL, NBGRADER = "papermill==2.7.0", "nbgrader==0.9.6"

SAME = "runs, with the stored outputs"
DOCTOR = "doctor"  # the cell whose output tells of the machine
START, PIP = "one sentence: start the course's own", "one sentence: install requirements-hub.txt"
STEPS = {"close this Jupyter, and start the course's own with": START, "run %pip install -r": PIP}
STUB, RIGHT = "0.0 of 5.0", "5.0 of 5.0"


@dataclass(frozen=True)
class Row:
    """A situation, what came of it, and what should."""

    situation: str
    outcome: str
    expected: str

    def __str__(self) -> str:
        """Return a line of the table."""
        fits = "as expected" if self.outcome == self.expected else f"WRONG: not {self.expected}"
        return f"{self.situation:<51} | {self.outcome:<42} | {fits}"


def lesson() -> NotebookNode:
    """Return the lesson as it is stored."""
    return read(LESSON.read_text(encoding="utf-8"))


def code(notebook: NotebookNode) -> list[NotebookNode]:
    """Return the code cells of a notebook."""
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def outcome(cells: Sequence[NotebookNode], python: Path) -> str:
    """Return what came of the lesson's code cells in a kernel of this Python."""
    for cell, stored in zip(cells, code(lesson()), strict=True):
        for output in cell.outputs:
            if output.output_type == "error":
                return sentence(output, python) or f"{output.ename}: {output.evalue}"
        if cell.id != DOCTOR and not equal(stored.outputs, cell.outputs):
            return f"other outputs of {cell.id}"
    return SAME


def sentence(error: NotebookNode, python: Path) -> str:
    """Return which step the one line on a wrong kernel names, or "" if it is not such a line."""
    if error.traceback != [f"WrongKernel: {error.evalue}"] or f"({python})" not in error.evalue:
        return ""
    return next((said for step, said in STEPS.items() if f": {step}" in error.evalue), "")


def in_server(here: Place, module: str, name: str) -> Iterator[Row]:
    """Run the lesson through a server of Jupyter, in its own kernel, then in the course's."""
    here.add_kernel(sys.executable, "course")
    kernels = [("its own kernel", "python3", here.python, START)]
    kernels += [("the course's kernel", "course", Path(sys.executable), SAME)]
    with server(here, module) as running:
        for kernel, id, python, expected in kernels:
            notebook = lesson()
            run(running, LESSON, code(notebook), id)
            yield Row(f"{name}, {kernel}", outcome(code(notebook), python), expected)


def notebook_7(here: Place) -> Iterator[Row]:
    """Jupyter Notebook 7 in an environment without the course's packages."""
    here.install(NOTEBOOK)
    yield from in_server(here, "notebook", NOTEBOOK)


def jupyterlab(here: Place) -> Iterator[Row]:
    """A JupyterLab as one is installed for the whole machine, older than the course's."""
    here.install(LAB)
    yield from in_server(here, "jupyterlab", LAB)


def colab(here: Place) -> Iterator[Row]:
    """A kernel with Colab's versions, before and after the list is installed."""
    here.install(*COLAB)
    here.add_kernel(str(here.python), "colab")
    specs = KernelSpecManager(kernel_dirs=[str(here.venv / "share" / "jupyter" / "kernels")])
    environment = here.variables | {"COLAB_RELEASE_TAG": "release"}
    for state, expected in (("as it is", PIP), ("with requirements-hub.txt", SAME)):
        if expected == SAME:
            here.install(*HUB, *COLAB)
        notebook = lesson()
        manager = AsyncKernelManager(kernel_name="colab", kernel_spec_manager=specs)
        resources = {"metadata": {"path": str(NOTEBOOKS)}}
        client = NotebookClient(
            notebook, km=manager, allow_errors=True, coalesce_streams=True, resources=resources
        )
        client.execute(env=environment, cleanup_kc=True)
        found = outcome(code(notebook), here.python)
        yield Row(f"{COLAB[0]} of Colab, {state}", found, expected)


def papermill(here: Place) -> Iterator[Row]:
    """papermill in another folder, after the line of CONTRIBUTING.md for another environment."""
    here.install(PAPERMILL, KERNEL, *HUB)
    here.run(str(here.python), "-m", "bootstrap.path_file", cwd=ROOT)
    with suppress(CannotBeMade):  # of a cell that raises the notebook tells more
        here.run(str(here.python), "-m", "papermill", str(LESSON), "out.ipynb")
    notebook = read((here.folder / "out.ipynb").read_text(encoding="utf-8"))
    yield Row(f"{PAPERMILL}, from another folder", outcome(code(notebook), here.python), SAME)


def nbgrader(here: Place) -> Iterator[Row]:
    """An exercise as an assignment of nbgrader; one student hands in the stub, one is right."""
    here.install(NBGRADER, KERNEL, *HUB)
    here.run(str(here.python), "-m", "bootstrap.path_file", cwd=ROOT)
    write_assignment(here.folder / "source/hello/00.ipynb", lesson())
    grade = [str(here.python), "-m", "nbgrader"]
    here.run(*grade, "generate_assignment", "hello")
    for student, folder in (("bob", "release"), ("ada", "source")):
        handed_in = here.folder / f"submitted/{student}/hello/00.ipynb"
        handed_in.parent.mkdir(parents=True)
        handed_in.write_bytes((here.folder / folder / "hello/00.ipynb").read_bytes())
    here.run(*grade, "autograde", "hello")
    here.run(*grade, "export")
    with (here.folder / "grades.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["student_id"]: row for row in csv.DictReader(file)}
    points = {name: f"{row['score']} of {row['max_score']}" for name, row in rows.items()}
    yield Row(f"{NBGRADER} autograde, a stub", points["bob"], STUB)
    yield Row(f"{NBGRADER} autograde, a right answer", points["ada"], RIGHT)


SITUATIONS: dict[str, Callable[[Place], Iterator[Row]]] = {
    "notebook": notebook_7,
    "jupyterlab": jupyterlab,
    "colab": colab,
    "papermill": papermill,
    "nbgrader": nbgrader,
}


def tried(name: str) -> list[Row]:
    """Return the rows of a situation; one that could not be tried has a row that says why."""
    rows = []
    try:
        with place() as here:
            for row in SITUATIONS[name](here):
                rows.append(row)
                print(f"  {row.situation}: {row.outcome}", flush=True)
    except CannotBeMade as problem:
        rows.append(Row(name, f"could not be tried: {problem}", "an outcome"))
    return rows


def verdict(rows: Sequence[Row]) -> int:
    """Print the table and return the status with which the command ends."""
    print(*rows, sep="\n")
    return 0 if all(row.outcome == row.expected for row in rows) else 1


def main(names: list[str]) -> int:
    """Try the situations of these names, without names all."""
    if unknown := set(names) - set(SITUATIONS):
        there = ", ".join(SITUATIONS)
        raise SystemExit(f"There is no {', '.join(sorted(unknown))}; there are: {there}.")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # leave nothing
    rows = []
    for name in names or SITUATIONS:
        print(f"{name}:", flush=True)
        rows += tried(name)
    return verdict(rows)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
