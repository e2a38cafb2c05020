"""The lessons as the editions find them, and what their cells are for."""

import pytest

from classroom import exercises
from teaching.editions.parts import (
    Part,
    exercise_of,
    paragraphs,
    parts,
    questions,
    split_answer,
)
from teaching.editions.sources import Lesson, NoSuchLesson, chosen, core, find, lessons
from tests.support.notebooks import PATHS

each = pytest.mark.parametrize("lesson", lessons(), ids=lambda lesson: lesson.name)


def test_all_notebooks_are_lessons_in_the_order_of_the_course() -> None:
    assert [lesson.path for lesson in lessons()] == PATHS
    assert [lesson.number for lesson in core()] == [f"{n:02}" for n in range(13)]
    assert find("02").title == "Salt" and all(lesson.title for lesson in lessons())


@pytest.mark.parametrize("name", ["03", "03-hash", "03-hash.ipynb"])
def test_a_core_lesson_is_found_by_number_name_and_file(name: str) -> None:
    assert find(name) == Lesson("03-hash.ipynb")


@pytest.mark.parametrize("name", ["06-keys", "deeper/06-keys", "deeper\\06-keys.ipynb"])
def test_a_deeper_notebook_is_found_by_its_name(name: str) -> None:
    assert find(name) == Lesson("deeper/06-keys.ipynb") and find(name).deeper


def test_an_unknown_lesson_is_answered_with_the_nearest() -> None:
    with pytest.raises(NoSuchLesson, match="no lesson '03-hsh'; .* 03-hash"):
        chosen(["02", "03-hsh"])


def test_lessons_are_chosen_once_and_in_order() -> None:
    assert [lesson.number for lesson in chosen(["05", "02", "05-who-is-here"])] == ["02", "05"]
    assert chosen([]) == lessons()


@each
def test_each_lesson_has_its_parts(lesson: Lesson) -> None:
    notebook = lesson.read()
    found = parts(notebook)
    for part in Part:
        having = [cell for cell in notebook.cells if part in found[cell.id]]
        once = part in (Part.TITLE, Part.SETUP, Part.RECAP, Part.QUESTIONS, Part.NEXT, Part.STOP)
        assert len(having) == 1 if once else len(having) >= (not lesson.deeper), part
        if part is Part.QUESTIONS:
            assert 5 <= len(questions(having[0].source)) <= 8


@each
def test_each_prediction_has_an_answer(lesson: Lesson) -> None:
    notebook = lesson.read()
    found = parts(notebook)
    for place, cell in enumerate(notebook.cells):
        if Part.PREDICTION in found[cell.id]:
            later = notebook.cells[place + 1 :]
            answer = next(one for one in later if Part.ANSWER in found[one.id])
            assert split_answer(answer.source)[0], answer.id
            for one in later[: later.index(answer)]:
                assert Part.OUTCOME in found[one.id] or one.source.startswith("## "), one.id


@each
def test_an_answer_and_the_rest_are_the_whole_text(lesson: Lesson) -> None:
    for cell in lesson.read().cells:
        for leads in (False, True):
            both = split_answer(cell.source, leads)
            assert "\n\n".join(filter(None, both)).split() == cell.source.split()


def test_each_exercise_has_a_prompt_and_a_stub() -> None:
    for part in (Part.PROMPT, Part.STUB):
        asked = []
        for lesson in lessons():
            notebook = lesson.read()
            found = parts(notebook)
            asked += [exercise_of(cell) for cell in notebook.cells if part in found[cell.id]]
        assert sorted(asked) == exercises.ids()


@pytest.mark.parametrize("block", ["<details>b\n\nc</details>", "```\nb\n\n# c\n```"])
def test_details_and_code_with_blank_lines_are_one_paragraph(block: str) -> None:
    assert paragraphs(f"a\n\n{block}\n\nd") == ["a", block, "d"]


def test_an_answer_ends_where_something_else_begins() -> None:
    asked = "**Predict.** Why?"
    assert split_answer("It is so.\n\nAnd so.\n\n## Next\n\nx") == (
        "It is so.\n\nAnd so.",
        "## Next\n\nx",
    )
    assert split_answer(f"It is so.\n\nNow this.\n\n{asked}") == (
        "It is so.",
        f"Now this.\n\n{asked}",
    )
    assert split_answer(f"It is so.\n\n{asked}") == ("It is so.", asked)
    assert split_answer("It is so.\n\nNow this.") == ("It is so.\n\nNow this.", "")
    sources = "<details><summary>Sources</summary>RFC</details>"
    assert split_answer(f"It is so.\n\nNow this.\n\n{sources}", leads_on=True) == (
        "It is so.",
        f"Now this.\n\n{sources}",
    )
    assert split_answer("It is so.", leads_on=True) == ("It is so.", "")
    assert split_answer("It is so.\n\n(So.)", leads_on=True) == ("It is so.\n\n(So.)", "")
    assert split_answer("## A heading\n\nx") == ("", "## A heading\n\nx")
