"""`python -m tests.execute_notebooks [names]`: run notebooks afresh and store their outputs.

Each runs from top to bottom in its own folder. Outputs that the tests would call equal stay as they
were, so a run without a change changes no line. Not stored: a cell that raises or writes to stderr.
"""

import sys
from collections.abc import Mapping
from pathlib import Path

import tests.plugins.fast_start  # noqa: F401 - first: it must come before nbformat

# isort: split
from nbclient import NotebookClient

from tests.support.notebooks import PATHS
from tests.support.stored import equal, read, written


def execute(path: Path) -> None:
    """Run the notebook at `path` and write it back; raises CellExecutionError or ValueError."""
    notebook = read(path.read_text(encoding="utf-8"))
    before = {cell.id: cell.get("outputs", []) for cell in notebook.cells}
    resources = {"metadata": {"path": str(path.parent)}}
    NotebookClient(notebook, timeout=120, coalesce_streams=True, resources=resources).execute()
    for cell in notebook.cells:
        if any(output.get("name") == "stderr" for output in cell.get("outputs", [])):
            raise ValueError(f"{path.name}: the cell {cell.id} writes to stderr")
        if "outputs" in cell and same(before[cell.id], cell.outputs, cell.execution_count):
            cell.outputs = before[cell.id]
    path.write_text(written(notebook), encoding="utf-8", newline="\n")


def same(before: list[Mapping], now: list[Mapping], count: int) -> bool:
    """Return True if the tests would call both equal and `before` is a result of cell `count`."""
    if any(output.get("execution_count", count) != count for output in before):
        return False
    return equal(before, now)


def main(names: list[str]) -> int:
    """Run the notebooks of these names, without names all; return 0."""
    wanted = {Path(name).stem for name in names} or {path.stem for path in PATHS}
    if unknown := wanted - {path.stem for path in PATHS}:
        raise SystemExit(f"There is no notebook {', '.join(sorted(unknown))}.")
    for path in [path for path in PATHS if path.stem in wanted]:
        print(f"running {path.name} …", flush=True)
        execute(path)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
