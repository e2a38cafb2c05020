"""Notebooks that were only run again show no change in git: `python -m tests.steady_notebooks`.

A cell with the same code, and with outputs that the tests call equal, counts as what is staged. The
command writes such cells back into the files on disk, so that `git status` is clean and `git pull`
works. It also becomes the filter of this clone (gitattributes), for `git diff` and `git add`.
"""

import subprocess
import sys
from pathlib import Path

import tests.plugins.fast_start  # noqa: F401 - first: git runs this for each notebook it looks at

# isort: split
from nbformat import NotebookNode
from nbformat.reader import NotJSONError

from tests.support.paths import ROOT
from tests.support.stored import equal, read, written

FILTER = "steady-notebooks"  # its name in .gitattributes


def steady(now: str, staged: str) -> str:
    """Return the text of a notebook, with the cells of `staged` where nothing has changed."""
    try:
        notebook = read(now)
    except NotJSONError:  # a conflict, for instance
        return now
    before = {cell.id: cell for cell in read(staged).cells} if staged else {}
    for cell in notebook.cells:
        old = before.get(cell.id)
        if old and "outputs" in cell and only_run_again(cell, old):
            cell.outputs, cell.execution_count = old.outputs, old.execution_count
    return written(notebook)


def only_run_again(cell: NotebookNode, old: NotebookNode) -> bool:
    """Return True if a code cell has the code of `old`, and outputs that tests call equal."""
    return cell.source == old.source and equal(old.get("outputs", []), cell.outputs)


def staged(path: str, folder: Path) -> str:
    """Return what git has staged of a file, or "" if it does not know the file."""
    found = subprocess.run(["git", "show", f":{path}"], cwd=folder, capture_output=True)
    return found.stdout.decode("utf-8") if found.returncode == 0 else ""


def set_up(folder: Path) -> None:
    """Tell the clone in `folder` which command its .gitattributes mean."""
    python = Path(sys.executable).as_posix()
    value = f'"{python}" -m tests.steady_notebooks %f'
    subprocess.run(["git", "config", f"filter.{FILTER}.clean", value], cwd=folder, check=True)


def write_back(folder: Path) -> list[str]:
    """Write steady text over the notebooks that were saved; return those that still differ."""
    listed = ["git", "ls-files", "--modified", "-z", "--", "*.ipynb"]
    found = subprocess.run(listed, cwd=folder, check=True, capture_output=True, encoding="utf-8")
    differ = []
    for path in filter(None, found.stdout.split("\0")):
        file, before = folder / path, staged(path, folder)
        if not file.is_file():  # deleted
            continue
        text = steady(file.read_text("utf-8"), before)
        file.write_text(text, "utf-8", newline="\n")
        if text != before:
            differ.append(path)
    return differ


def main(arguments: list[str]) -> int:
    """Do what the module says; or, with a path as git calls it, filter a notebook; return 0."""
    if not arguments:
        set_up(ROOT)
        for path in write_back(ROOT):
            print(f"{path} says something else than before.")
        print("git ignores what only a new run has changed in a notebook.")
        return 0
    now = sys.stdin.buffer.read().decode("utf-8")
    sys.stdout.buffer.write(steady(now, staged(arguments[0], Path.cwd())).encode("utf-8"))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
