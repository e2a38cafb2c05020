"""INSTRUCTORS.md is up to date, and its plans fit their time."""

import re
from pathlib import Path

import pytest

from classroom import exercises
from teaching import ROOT
from teaching.editions.sources import Lesson, core, find
from teaching.guide import notes as notes_module
from teaching.guide.guide import PATH, guide
from teaching.guide.notes import notes_on
from teaching.guide.plans import Plan, plans
from teaching.guide.sections import predictions, sections, total


def test_the_guide_is_up_to_date() -> None:
    assert PATH.read_text(encoding="utf-8") == guide(), "run `python -m teaching.guide`"


@pytest.mark.parametrize("lesson", core(), ids=lambda lesson: lesson.name)
def test_each_section_and_each_prediction_has_a_note_of_short_sentences(lesson: Lesson) -> None:
    notes = notes_on(lesson)
    texts = [notes.wow, notes.discuss, notes.skip, *notes.say.values(), *notes.wrong.values()]
    sentences = [one for text in texts for one in re.split(r"(?<=[.?!:;])\s+", text)]
    assert max(len(sentence.split()) for sentence in sentences) <= 28


@pytest.mark.parametrize("change", ["say", "wrong"])
@pytest.mark.parametrize("more", [True, False])
def test_a_note_that_fits_no_lesson_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str, more: bool
) -> None:
    text = (notes_module.FOLDER / "02-salt.toml").read_text(encoding="utf-8")
    table = re.search(rf"^\[{change}\]\n(.+\n)", text, re.MULTILINE)
    odd = '"Nowhere" = "x"\n' if more else ""
    changed = text.replace(table[0], f"[{change}]\n{odd}{table[1] if more else ''}")
    (tmp_path / "02-salt.toml").write_text(changed, encoding="utf-8")
    monkeypatch.setattr(notes_module, "FOLDER", tmp_path)
    with pytest.raises(ValueError, match="02-salt.toml and the lesson do not agree on"):
        notes_on(find("02"))


@pytest.mark.parametrize("plan", plans(), ids=lambda plan: plan.name)
def test_a_plan_fits_its_time_with_a_tenth_to_spare(plan: Plan) -> None:
    assert 0.8 * plan.minutes <= plan.planned <= 0.9 * plan.minutes, plan.planned


@pytest.mark.parametrize("lesson", core(), ids=lambda lesson: lesson.name)
def test_the_sections_add_up_to_no_more_than_the_lesson(lesson: Lesson) -> None:
    assert 0 <= total(lesson) - sum(part.minutes for part in sections(lesson)) <= 8


def test_each_prediction_is_quoted_with_its_answer() -> None:
    asked = [pair for lesson in core() for pair in predictions(lesson).values()]
    assert len(asked) > 40
    assert all(question.endswith(("?", ")", ".")) and answer for question, answer in asked)


def test_each_exercise_of_a_core_lesson_has_its_wrong_answers_in_the_guide() -> None:
    text = PATH.read_text(encoding="utf-8")
    for id in (id for lesson in core() for part in sections(lesson) for id in part.exercises):
        assert all(wrong.reason in text for wrong in exercises.load(id).wrong), id


def test_every_file_that_the_guide_links_to_is_there() -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", PATH.read_text(encoding="utf-8"))
    assert [link for link in links if not (ROOT / link).exists()] == []
