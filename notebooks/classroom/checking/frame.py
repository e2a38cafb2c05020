"""The frame of an exercise: the cell that the lesson gives, and if a student has changed it.

Blank lines, comments and the way of writing do not count, and the check(...) at the end does not.
"""

import ast

from classroom.checking.exercise import Exercise
from classroom.server.gaps import first_gap
from classroom.server.student_cell import StudentCell


def given_cell(exercise: Exercise) -> str:
    """Return the cell that the lesson gives: the frame, and the check below it."""
    return f'{exercise.frame.rstrip()}\n\n\ncheck("{exercise.id}")'


def is_unchanged(frame: str, cell: str) -> bool:
    """Return True if `cell` has a gap, and each statement of it is one of `frame`; both are code.

    So a cell that has less than the frame is unchanged, and an exercise without a frame never is.
    Nor is a route that was given without a gap and stands in a cell of its own.
    """
    try:
        same = _statements(cell) <= _statements(frame)
    except SyntaxError:  # `cell` is a part of a line, as of a lambda
        return False
    return same and bool(first_gap(StudentCell(cell)))


def _statements(source: str) -> set[str]:
    body = ast.parse(source).body
    return {ast.dump(node) for node in body if not ast.unparse(node).startswith("check(")}
