"""The solved edition, for teachers: the solution in each exercise's cell, and all cells run.

Left out: alternatives and wrong answers, which `solution(id)` and the exercises' modules have.
"""

from pathlib import Path

from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from classroom import exercises
from classroom.checking.answer_cell import answer_cell
from classroom.display.verdict_names import DONE
from teaching.editions.folder import lay
from teaching.editions.links import repointed
from teaching.editions.parts import Part, exercise_of, parts
from teaching.editions.sources import Lesson

SECONDS = 300  # for one cell
FAILED = "In {} a cell {}: open the lesson in JupyterLab and run it to see where."
ENDED = "The kernel of {} ended: close other programs, as memory may be short, and try again."
QUIET = ["--IPKernelApp.log_level=50"]  # else a kernel writes its warnings between the lines


def make(lessons: list[Lesson], folder: Path) -> None:
    """Solve and run the lessons, lay them into `folder`, and print each that is not done.

    Ends the program with a sentence if a cell raises an error, runs too long, or ends its kernel.
    """
    for lesson in lessons:
        print(f"running {lesson.name} ...", flush=True)
        try:
            notebook = run(solved(lesson), lesson)
        except CellExecutionError as error:
            raise SystemExit(FAILED.format(lesson.name, f"raised {error.ename}")) from None
        except CellTimeoutError:
            raise SystemExit(FAILED.format(lesson.name, f"ran for {SECONDS} s")) from None
        except DeadKernelError:
            raise SystemExit(ENDED.format(lesson.name)) from None
        for id in not_done(notebook):
            print(f"{lesson.name}: the exercise {id} is not done.", flush=True)
        lay({lesson: repointed(notebook, lesson, folder)}, folder)


def solved(lesson: Lesson) -> NotebookNode:
    """Return the lesson with the solutions in place of the frames, not yet run."""
    notebook = lesson.read()
    for cell in stubs(notebook):
        exercise = exercises.load(exercise_of(cell))
        cell.source = answer_cell(exercise, exercise.solution)
    return notebook


def run(notebook: NotebookNode, lesson: Lesson) -> NotebookNode:
    """Run all cells where the lesson's source is, and return the notebook with their outputs."""
    metadata = dict(notebook.metadata)
    where = {"metadata": {"path": str(lesson.path.parent)}}
    options = {"timeout": SECONDS, "coalesce_streams": True, "extra_arguments": QUIET}
    NotebookClient(notebook, resources=where, **options).execute()
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)  # when each cell ran
    notebook.metadata = metadata
    return notebook


def not_done(notebook: NotebookNode) -> list[str]:
    """Return the exercises of a notebook that was run, without those whose verdict is "done"."""
    return [
        exercise_of(cell)
        for cell in stubs(notebook)
        if not any(said.startswith(f"{DONE} · ") for said in texts(cell))
    ]


def stubs(notebook: NotebookNode) -> list[NotebookNode]:
    """Return the cells of the exercises."""
    found = parts(notebook)
    return [cell for cell in notebook.cells if Part.STUB in found[cell.id]]


def texts(cell: NotebookNode) -> list[str]:
    """Return the outputs of a cell that have a text."""
    return [output.data["text/plain"] for output in cell.outputs if "data" in output]
