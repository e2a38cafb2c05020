"""`python -m tests.execute_notebooks [names]`: run notebooks afresh and store their outputs.

Each runs from top to bottom in its own folder. Refused, and then not stored: a cell that raises or
writes to stderr. Left out: whether the outputs are those of last time; the tests compare them.
"""

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

NOTEBOOKS = Path(__file__).resolve().parents[1] / "notebooks"


def execute(path: Path) -> None:
    """Run the notebook at `path` and write it back; raises CellExecutionError or ValueError."""
    notebook = nbformat.read(path, as_version=4)
    resources = {"metadata": {"path": str(path.parent)}}
    NotebookClient(notebook, timeout=120, coalesce_streams=True, resources=resources).execute()
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)  # when each cell ran, which is new every time
        if any(output.get("name") == "stderr" for output in cell.get("outputs", [])):
            raise ValueError(f"{path.name}: the cell {cell.id} writes to stderr")
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    notebook.metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    path.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8", newline="\n")


def main(names: list[str]) -> int:
    """Run the notebooks of these names, without names all; return 0."""
    paths = [NOTEBOOKS / f"{Path(name).stem}.ipynb" for name in names]
    for path in paths or sorted(NOTEBOOKS.glob("*.ipynb")):
        print(f"running {path.name} …", flush=True)
        execute(path)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
