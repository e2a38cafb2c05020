"""The frames of the exercises: each is the cell in its notebook, and runs with its gaps.

A frame is code with one to three gaps (`...`). Left out: the verdicts (test_gap_verdicts.py).
"""

import ast
import builtins

import pytest

from classroom import __all__ as facade
from classroom import exercises
from classroom.checking.answer_cell import answer_cell
from classroom.checking.frame import given_cell
from classroom.checking.used_names import used_in
from classroom.display.verdict_names import NOT_STARTED, NOT_YET
from classroom.server.server import Server
from tests.support.exercise_cells import bound, lesson_of, stub_of, verdict_on
from tests.support.lesson_server import module_server as module_server
from tests.support.tiers import each_day

each = pytest.mark.parametrize("id", exercises.ids())


def first_cell(id: str) -> dict[str, str]:
    """Return the names that the first cell of the exercise's lesson binds, each with its place."""
    starred = dict.fromkeys(facade, "classroom") | {"JSONResponse": "starlette.responses"}
    return starred | bound(lesson_of(id)[1][0])


@each
def test_the_cell_of_the_notebook_is_the_frame_and_the_check(id: str) -> None:
    assert stub_of(id) == given_cell(exercises.load(id))


@each
def test_a_frame_has_one_to_three_gaps(id: str) -> None:
    nodes = ast.walk(ast.parse(exercises.load(id).frame))
    gaps = [node for node in nodes if isinstance(node, ast.Constant) and node.value is ...]
    assert 1 <= len(gaps) <= 3


@each
def test_the_names_in_a_frame_are_its_own_or_those_of_the_first_cell(id: str) -> None:
    frame = exercises.load(id).frame
    defined = {node.name for node in ast.parse(frame).body if hasattr(node, "name")}
    known = {*bound(frame), *defined, *first_cell(id), *dir(builtins)}
    assert used_in(frame) <= known


@each
def test_a_frame_imports_what_the_solution_needs(id: str) -> None:
    """So nobody has to guess where a name is from."""
    exercise = exercises.load(id)
    tree = ast.parse(answer_cell(exercise, exercise.solution)).body
    imports = [node for node in tree if isinstance(node, ast.Import | ast.ImportFrom)]
    needed = {one.asname or one.name for node in imports for one in node.names}
    assert needed <= {*bound(exercise.frame), *first_cell(id)}


@pytest.mark.parametrize("id", each_day(6, exercises.ids()))
def test_a_frame_is_not_started_until_something_in_it_is_changed(server: Server, id: str) -> None:
    frame, check = exercises.load(id).frame, f'check("{id}")'
    for same in (f"{frame}\n{check}", f"# mine\n\n{frame}\n\n\n# so far\n{check}"):
        assert verdict_on(server, same).name == NOT_STARTED
    found = verdict_on(server, f"mine = 1\n{frame}\n{check}")
    assert found.name == NOT_YET
    assert "There is still a gap (`...`) in line " in found.as_text()
