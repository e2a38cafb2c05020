"""Every exercise, with its solution, its alternative, its wrong answers and its hints.

test_solutions_paste.py tries each solution and alternative as a student gets it.
"""

import inspect
import re
from collections.abc import Iterable
from importlib import import_module

import pytest

from classroom import exercises
from classroom.checking.exercise import Answer, Exercise, Wrong
from classroom.display.verdict_names import DONE, NOT_STARTED, NOT_YET, RAISED
from classroom.hints import hint
from classroom.server.server import Server
from classroom.solution import solution
from minisrv.app import ROUTES
from tests.support.lesson_server import module_server as module_server
from tests.support.paths import ROOT
from tests.support.tiers import each_day
from tests.support.tiny_exercise import TINY, stub, verdict

ALL = [TINY, *map(exercises.load, exercises.ids())]
ANSWERS = ROOT / "tests/lessons/answers"
MORE = sorted(path.stem.replace("_", "-") for path in ANSWERS.glob("*.py"))
each = pytest.mark.parametrize("exercise", ALL, ids=lambda exercise: exercise.id)


def some(count: int) -> pytest.MarkDecorator:
    """Return the mark of a test that by day tries `count` exercises."""
    return pytest.mark.parametrize("exercise", each_day(count, ALL), ids=lambda one: one.id)


def right_answers(exercise: Exercise) -> list[Answer]:
    """Return the solution, the alternative, and what answers/ has besides."""
    return [exercise.solution, exercise.alternative, *_more(exercise, "RIGHT")]


def wrong_answers(exercise: Exercise) -> list[Wrong]:
    """Return the wrong answers of the exercise, and those of answers/."""
    return [*exercise.wrong, *_more(exercise, "WRONG")]


def _more(exercise: Exercise, name: str) -> tuple:
    if exercise.id not in MORE:
        return ()
    return getattr(import_module(f"tests.lessons.answers.{exercise.id.replace('-', '_')}"), name)


def assert_done(server: Server, exercise: Exercise, answers: Iterable[Answer]) -> None:
    for answer in answers:
        found = verdict(server, exercise, answer)
        assert (found.name, found.reason) == (DONE, exercise.afterthought), found


def assert_rejected(server: Server, exercise: Exercise, answers: Iterable[Wrong]) -> None:
    """Assert that each answer fails for its own reason."""
    for wrong in answers:
        found = verdict(server, exercise, wrong.answer)
        assert found.name in (NOT_YET, RAISED), wrong
        assert wrong.reason in found.reason, found


@some(2)
def test_each_right_answer_is_done(server: Server, exercise: Exercise) -> None:
    assert_done(server, exercise, [exercise.solution, exercise.alternative])


@some(2)
def test_each_wrong_answer_fails_for_its_own_reason(server: Server, exercise: Exercise) -> None:
    assert len(exercise.wrong) >= 3
    assert_rejected(server, exercise, exercise.wrong)


@pytest.mark.parametrize("id", each_day(1, MORE))
def test_a_check_that_was_attacked_judges_each_answer_rightly(server: Server, id: str) -> None:
    exercise = exercises.load(id)
    assert_done(server, exercise, _more(exercise, "RIGHT"))
    assert_rejected(server, exercise, _more(exercise, "WRONG"))


@pytest.mark.parametrize("id", exercises.ids())
def test_each_check_was_attacked_and_met_enough_answers(id: str) -> None:
    exercise = exercises.load(id)
    assert len(exercise.wrong) >= 3
    assert len(right_answers(exercise)) >= 3
    assert len(wrong_answers(exercise)) >= 8


def test_a_stub_is_not_started(server: Server) -> None:
    """So are the frames of the exercises (test_frames.py)."""
    assert verdict(server, TINY, stub).name == NOT_STARTED


@each
def test_there_are_three_hints_of_one_sentence(exercise: Exercise) -> None:
    assert len(exercise.hints) == 3
    for number, sentence in enumerate(exercise.hints, start=1):
        assert re.fullmatch(r"\S.*[.?!]", sentence), sentence
        # A full stop inside of code has no blank and capital after it.
        assert not re.search(r"[.?!] [A-Z]", sentence), sentence
        if exercise is not TINY:
            assert sentence in hint(exercise.id, number).as_text()


@each
def test_an_afterthought_has_at_most_three_lines(exercise: Exercise) -> None:
    assert 1 <= len(exercise.afterthought.splitlines()) <= 3


@each
def test_an_id_is_that_of_its_module_and_its_endpoint_exists(exercise: Exercise) -> None:
    assert exercise is TINY or exercise.id in exercises.ids()
    assert exercise.decorator == "function" or exercise.endpoint in ROUTES


@each
def test_solution_shows_both_sources(exercise: Exercise) -> None:
    if exercise is not TINY:
        shown = solution(exercise.id)
        for answer in (exercise.solution, exercise.alternative):
            function = getattr(answer, "endpoint", answer)  # an answer may be a Route
            body = inspect.getsource(function).partition(":\n")[2].rstrip()
            assert body in shown.as_text()
        assert "<pre" in shown.as_html()
