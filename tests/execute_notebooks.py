"""`python -m tests.execute_notebooks [names]`: run notebooks afresh and store their outputs.

Each runs from top to bottom in its own folder. Outputs that the tests would call equal stay as they
were, so a run without a change changes no line. Not stored: a cell that raises or writes to stderr.
"""

import re
import sys
from collections.abc import Mapping
from configparser import ConfigParser
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from tests.plugins.outputs import comparable, difference, joined
from tests.support.notebooks import PATHS

RULES = ConfigParser()
RULES.read(Path(__file__).with_name("nbval_sanitize.cfg"), encoding="utf-8")


def execute(path: Path) -> None:
    """Run the notebook at `path` and write it back; raises CellExecutionError or ValueError."""
    notebook = nbformat.read(path, as_version=4)
    before = {cell.id: cell.get("outputs", []) for cell in notebook.cells}
    resources = {"metadata": {"path": str(path.parent)}}
    NotebookClient(notebook, timeout=120, coalesce_streams=True, resources=resources).execute()
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)  # when each cell ran, which is new every time
        if any(output.get("name") == "stderr" for output in cell.get("outputs", [])):
            raise ValueError(f"{path.name}: the cell {cell.id} writes to stderr")
        if "outputs" in cell and same(before[cell.id], cell.outputs, cell.execution_count):
            cell.outputs = before[cell.id]
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    notebook.metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    path.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8", newline="\n")


def same(before: list[Mapping], now: list[Mapping], count: int) -> bool:
    """Return True if the tests would call both equal and `before` is a result of cell `count`."""
    if any(output.get("execution_count", count) != count for output in before):
        return False
    both = ([comparable(one, sanitized) for one in joined(outputs)] for outputs in (before, now))
    return difference(*both) is None


def sanitized(value: object) -> object:
    """Return a text without what nbval_sanitize.cfg takes out; anything else as it is."""
    if isinstance(value, str):
        for rule in RULES.sections():
            value = re.sub(RULES[rule]["regex"], RULES[rule]["replace"], value)
    return value


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
