"""The live edition, for a demo in class: a folder in which the teacher types, and one to run.

In to-type/, a short cell is empty but for its imports and an outline of what to type. In to-run/
the cells are whole. No outputs, and answers are folded, as in the student edition.
"""

from pathlib import Path

from nbformat import NotebookNode

from teaching.editions.folder import lay
from teaching.editions.outline import outlined
from teaching.editions.parts import Part, parts
from teaching.editions.sources import Lesson
from teaching.editions.student import student_copy

MOST_LINES = 8  # nobody wants to watch somebody type more than that
GIVEN = {Part.SETUP, Part.STUB, Part.STOP}  # whole in to-type/, too


def make(lessons: list[Lesson], folder: Path) -> None:
    """Lay both kinds of notebooks into `folder`."""
    for name, copy in (("to-type", to_type), ("to-run", student_copy)):
        lay({lesson: copy(lesson, folder / name) for lesson in lessons}, folder / name)


def to_type(lesson: Lesson, folder: Path) -> NotebookNode:
    """Return the notebook in which the teacher types the short cells."""
    notebook = student_copy(lesson, folder)
    found = parts(notebook)
    for cell in notebook.cells:
        if is_typed(cell) and not found[cell.id] & GIVEN:
            cell.source = outlined(cell.source)
    return notebook


def is_typed(cell: NotebookNode) -> bool:
    """Return True for a short code cell without a magic such as %%expect."""
    lines = [line for line in cell.source.splitlines() if line.strip()]
    return cell.cell_type == "code" and len(lines) <= MOST_LINES and lines[0][0] != "%"
