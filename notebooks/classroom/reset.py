"""Give an exercise back as it was in the lesson, in a cell of its own.

Left out: a whole lesson, which `course.py reset 03` gives back.
"""

from IPython import get_ipython

from classroom import exercises
from classroom.checking.frame import given_cell
from classroom.display.cells import Cells
from classroom.display.note import Note, note

LEAD = "The exercise as it was given. It is in a new cell below, too; if not, paste this into one:"


def reset(id: str | None = None) -> Cells | Note:
    """Put the cell of the exercise `id` below this one, and return it; it displays itself.

    Your own cell stays as it is. (The new cell is IPython's `set_next_input`. JupyterLab makes it;
    another program may not, so the cell is displayed as well.)
    """
    try:
        cell = given_cell(exercises.load(id))
    except LookupError as error:
        return note(error.args[0])
    if (shell := get_ipython()) is not None:
        shell.set_next_input(cell)
    return Cells(((LEAD, cell),))
