"""A folder of notebooks with what they refer to: the page of words and the pictures.

Left out: what an edition does to a notebook.
"""

from collections.abc import Mapping
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from teaching import NOTEBOOKS
from teaching.editions.copies import Copies, read
from teaching.editions.sources import Lesson


def beside() -> list[str]:
    """Return the files that lessons refer to, as paths from notebooks/."""
    return ["words.md", *sorted(f"images/{path.name}" for path in NOTEBOOKS.glob("images/*.svg"))]


def lay(notebooks: Mapping[Lesson, NotebookNode], folder: Path) -> None:
    """Lay the notebooks into `folder`, with the words and the pictures; print what was kept."""
    with Copies(folder) as copies:
        for name in beside():
            copies.lay(name, read(NOTEBOOKS / name))
        for lesson, notebook in notebooks.items():
            copies.lay(lesson.file, as_text(notebook))


def as_text(notebook: NotebookNode) -> str:
    """Return the text of a notebook's file."""
    return nbformat.writes(notebook) + "\n"
