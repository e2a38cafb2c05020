"""The answer to an exercise in the code cells of a notebook, with what it needs of other cells.

Left out: cells of the answer's own lesson that do anything else; they are not run.
"""

import ast
import symtable
from collections.abc import Sequence, Set
from dataclasses import dataclass

from classroom.checking.exercise import Exercise
from classroom.checking.used_names import needed_by, used_in
from teaching.grading.asked import checked_in


@dataclass(frozen=True)
class StudentAnswer:
    """The cell with the answer, and the imports, constants and functions of other cells."""

    cell: str
    needed: str = ""


def answer_in(
    cells: Sequence[str], exercise: Exercise, given: Set[str] = frozenset()
) -> StudentAnswer | None:
    """Return the last answer to `exercise` in `cells`, or None; names in `given` are there already.

    The answer is the cell that defines the route, at or above the last check(...) of it. Raises
    SyntaxError if that cell is no Python.
    """
    cells = [_plain(cell) for cell in cells]
    checked = [place for place, cell in enumerate(cells) if exercise.id in checked_in(cell)]
    if not checked:
        return None
    above = reversed(range(checked[-1] + 1))
    name = exercise.stub or exercise.endpoint
    place = next((place for place in above if f"def {name}(" in cells[place]), checked[-1])
    cell = cells[place]
    ast.parse(cell)
    others = [one for number, one in enumerate(cells) if number != place and _parses(one)]
    return StudentAnswer(cell, _needed(cell, others, given))


def _needed(cell: str, others: list[str], given: Set[str]) -> str:
    """Return the statements of other cells that bind names which `cell` uses, the last of each."""
    wanted = used_in(cell) - given - _bound_by(cell)
    if not wanted:
        return ""
    probe = f"({', '.join(sorted(wanted))},)"
    imports, statements = needed_by(probe, "\n".join(others))
    return f"{imports}\n{statements}".strip()


def _bound_by(cell: str) -> set[str]:
    """Return the names that the cell imports, assigns or defines outside of functions."""
    names = symtable.symtable(cell, "<cell>", "exec").get_symbols()
    return {one.get_name() for one in names if one.is_imported() or one.is_assigned()}


def _plain(cell: str) -> str:
    """Return the cell without lines for IPython, such as `%%expect` and `!ls`."""
    return "\n".join("" if line[:1] in ("%", "!") else line for line in cell.splitlines())


def _parses(cell: str) -> bool:
    try:
        ast.parse(cell)
    except (SyntaxError, ValueError):
        return False
    return True
