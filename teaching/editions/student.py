"""The student edition: no outputs, and the text that answers a prediction is folded.

Running a copy changes no file of the course. Left out: how a copy is kept (copies.py).
"""

from pathlib import Path

from nbformat import NotebookNode

from teaching.editions.folder import lay
from teaching.editions.links import repointed
from teaching.editions.parts import Part, leads_on, parts, split_answer
from teaching.editions.sources import Lesson

AFTER_A_CELL = "First run the cell. Then compare."
WITHOUT_A_CELL = "First predict. Then compare."


def make(lessons: list[Lesson], folder: Path) -> None:
    """Lay the student's copies into `folder`, and print what is said of those that are kept."""
    lay({lesson: student_copy(lesson, folder) for lesson in lessons}, folder)


def student_copy(lesson: Lesson, folder: Path) -> NotebookNode:
    """Return the notebook as a student in `folder` gets it."""
    notebook = repointed(lesson.read(), lesson, folder)
    fold_answers(notebook)
    clear(notebook)
    return notebook


def clear(notebook: NotebookNode) -> None:
    """Take all outputs away."""
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None


def fold_answers(notebook: NotebookNode) -> None:
    """Fold each text that answers a prediction, until it is opened."""
    found, cells = parts(notebook), notebook.cells
    for before, cell, after in zip(cells, cells[1:], [*cells[2:], None], strict=False):
        if Part.ANSWER in found[cell.id]:
            answer, rest = split_answer(cell.source, leads_on(after))
            summary = AFTER_A_CELL if before.cell_type == "code" else WITHOUT_A_CELL
            cell.source = "\n\n".join(filter(None, (folded(summary, answer), rest)))


def folded(summary: str, text: str) -> str:
    """Return Markdown in which only the summary of `text` is seen until it is opened."""
    # Blank lines around it: what is between them is read as Markdown.
    return f"<details><summary>{summary}</summary>\n\n{text}\n\n</details>"
