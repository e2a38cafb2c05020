"""INSTRUCTORS.md is up to date, and its plans fit their time."""

import re
from pathlib import Path

import pytest

from classroom import exercises
from teaching import ROOT
from teaching.editions import speaker_notes
from teaching.editions.sources import Lesson, core, find
from teaching.grading.judge import SENT
from teaching.guide.contents import slug
from teaching.guide.guide import PATH, guide
from teaching.guide.notes import notes_on
from teaching.guide.plans import Plan, plans
from teaching.guide.sections import predictions, sections, total
from teaching.guide.wrong_answers import essential_lines, wrong_lines
from tests.support.exercise_cells import names_missing


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
    text = (speaker_notes.FOLDER / "02-salt.toml").read_text(encoding="utf-8")
    table = re.search(rf"^\[{change}\]\n(.+\n)", text, re.MULTILINE)
    odd = '"Nowhere" = "x"\n' if more else ""
    changed = text.replace(table[0], f"[{change}]\n{odd}{table[1] if more else ''}")
    (tmp_path / "02-salt.toml").write_text(changed, encoding="utf-8")
    monkeypatch.setattr(speaker_notes, "FOLDER", tmp_path)
    with pytest.raises(ValueError, match="02-salt.toml and the lesson do not agree on"):
        notes_on(find("02"))


@pytest.mark.parametrize("plan", plans(), ids=lambda plan: plan.name)
def test_a_plan_fits_its_time_with_a_tenth_to_spare(plan: Plan) -> None:
    assert 0.8 * plan.minutes <= plan.planned <= 0.9 * plan.minutes, plan.planned


def test_a_plan_lists_each_section_and_exercise_in_the_lesson_s_order() -> None:
    for plan in plans():
        for lesson in dict.fromkeys(step.lesson for step in plan.steps if step.lesson):
            order = [cell.id for cell in find(lesson).read().cells]
            shown = [id for step in plan.steps if step.lesson == lesson for id in step.cells]
            assert shown == sorted(set(shown), key=order.index), (plan.name, lesson)


@pytest.mark.parametrize("plan", plans(), ids=lambda plan: plan.name)
def test_the_cells_of_a_plan_find_every_name_that_they_use(plan: Plan) -> None:
    """What stands above the first section of a lesson has run, as the guide says."""
    for lesson in dict.fromkeys(step.lesson for step in plan.steps if step.lesson):
        code = {c.id: c.source for c in find(lesson).read().cells if c.cell_type == "code"}
        shown = [id for step in plan.steps if step.lesson == lesson for id in step.cells]
        first = list(code).index(shown[0])
        run = {*list(code)[:first], *shown}
        assert names_missing(code, run) == [], lesson


def test_a_section_that_a_plan_leaves_out_is_found_by_its_names() -> None:
    code = {"a": "x = 1", "b": "def f():\n    return x", "c": "def g():\n    return f()"}
    assert names_missing(code, {"a", "c"}) == ["c uses f"]
    assert names_missing(code, {"a", "b", "c"}) == []


def test_each_plan_begins_with_the_law_and_a_class_sees_attacks_stopped() -> None:
    assert all("a crime" in plan.steps[0].how for plan in plans())
    (of_90,) = [plan for plan in plans() if plan.minutes == 90]
    cells = {id for step in of_90.steps for id in step.cells}
    assert {"same-attack-salted", "same-attack", "own-tab-mended"} <= cells


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


def test_an_exercise_begins_with_the_lines_of_a_right_answer() -> None:
    each = [id for lesson in core() for part in sections(lesson) for id in part.exercises]
    assert all(essential_lines(exercises.load(id)) for id in each)
    assert essential_lines(exercises.load("signup-duplicate")).splitlines() == [
        "models.add(state.database, user)",
        "if not models.is_duplicate(error):",
        "    raise",
        "raise EmailTaken from None",
        "return JSONResponse(user.public(), 201)",
    ]
    text = PATH.read_text(encoding="utf-8")
    assert all(f'`hint("{id}", 2)`; to show: `solution("{id}")`' in text for id in each)


def test_a_wrong_answer_has_a_name_that_says_something_or_none() -> None:
    lines = [line for id in exercises.ids() for line in wrong_lines(exercises.load(id))]
    names = {line[2:].partition(":")[0] for line in lines if "`: “" in line}
    assert not names & {"`signup`", "`signin`", "`guarded`", "`solution`", "`alternative`"}
    assert "- `strangers only`: “… a form of http://blog.trax.localhost is …”" in lines
    assert "- the route `plain` of the ladder: “… not in the table …”" in lines
    assert "- “… GET is answered 405 …”" in lines


def test_the_first_screen_leads_to_each_part_with_links_for_github_and_jupyterlab() -> None:
    text = PATH.read_text(encoding="utf-8")
    start, places = text.partition("<a id=")[0], re.findall(r'^<a id="(.+)"></a>\n\n##', text, re.M)
    assert len(places) == len(set(places)) == len(re.findall(r"^###? ", text, re.M))
    assert re.findall(r"\]\(#([^)]+)\)", start) == places
    assert set(re.findall(r"\]\(#([^)]+)\)", text)) <= set(places)
    wanted = ["in-ten-minutes", "90-minutes-one-class", *(slug(name(one)) for one in core())]
    assert [place for place in places if place in wanted] == wanted
    assert start.count("\n") <= 25, "it fits the first screen"


def name(lesson: Lesson) -> str:
    return f"{lesson.number} · {lesson.title}"


def test_a_place_has_github_s_name() -> None:
    assert slug("00 · Start here") == "00--start-here"
    assert slug("A term: 14 sessions of 90 minutes") == "a-term-14-sessions-of-90-minutes"
    assert slug("05 · Who is here?") == "05--who-is-here"


def test_every_file_that_the_guide_links_to_is_there() -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", PATH.read_text(encoding="utf-8"))
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_guide_explains_the_request_of_a_verdict_by_the_report_s_word() -> None:
    assert f"*{SENT.partition(':')[0]}*" in PATH.read_text(encoding="utf-8")
