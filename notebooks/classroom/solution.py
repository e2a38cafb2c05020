"""The solution of an exercise and an alternative that is as right, each as a cell to paste.

Left out: the wrong answers; they are for the tests, and for you to make.
"""

import os

from classroom import exercises
from classroom.checking.answer_cell import answer_cell
from classroom.display.cells import Cells
from classroom.display.note import Note, note

SWITCH = "COURSE_SOLUTIONS"  # a teacher sets it to "none" for the kernels of a class
OFF = 'Your teacher has switched solutions off here. The hints are still open: hint("{}").'


def solution(id: str | None = None) -> Cells | Note:
    """Return the solution of the exercise `id` and its alternative; they display themselves.

    Each is a whole cell: pasted into the lesson, it runs, plugs its route in, and checks it.
    """
    try:
        exercise = exercises.load(id)
    except LookupError as error:
        return note(error.args[0])
    if os.environ.get(SWITCH) == "none":
        return note(OFF.format(id))
    return Cells(
        (
            (exercise.solution_lead, answer_cell(exercise, exercise.solution)),
            (exercise.alternative_lead, answer_cell(exercise, exercise.alternative)),
        )
    )
