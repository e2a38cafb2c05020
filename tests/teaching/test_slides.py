"""The slides of each lesson: what is on them, and that they need nothing beside their own file.

How they are laid out is measured in tests/browsers/test_slides.py.
"""

import re
from functools import cache
from pathlib import Path

import pytest

from teaching.editions import slides
from teaching.editions.parts import Part, parts
from teaching.editions.sources import Lesson, find, lessons
from teaching.editions.speaker_notes import guide_to

each = pytest.mark.parametrize("lesson", lessons(), ids=lambda lesson: lesson.name)


@cache
def html(lesson: Lesson) -> str:
    return slides.html(lesson)


def words(text: str) -> str:
    """Return the words of HTML or Markdown, without marks and blanks."""
    return re.sub(r"[\W_]+", "", re.sub(r"<[^>]*>|&\w+;|&#\d+;", "", text))


@each
def test_it_needs_no_other_file_and_no_network(lesson: Lesson) -> None:
    page = html(lesson).partition("<script>")[0]
    addresses = re.findall(r'<[a-z]+\b[^>]*\b(?:src|href)="([^"]*)"', page)
    assert all(re.match("data:image/(svg\\+xml|png);base64,", one) for one in addresses)
    assert "<link" not in page and "@import" not in page and "<script src" not in html(lesson)


@each
def test_each_prediction_and_each_exercise_is_on_it_and_no_verdict(lesson: Lesson) -> None:
    source = lesson.read()
    found, text = parts(source), words(html(lesson))
    for cell in source.cells:
        if Part.PREDICTION in found[cell.id]:
            asked = re.search(r"\*\*Predict\.\*\* (.+)", cell.source)[1]
            assert words(re.sub(r"\]\([^)]*\)", "", asked)) in text
    prompts = sum(Part.PROMPT in own for own in found.values())
    assert html(lesson).count('data-kind="exercise"') == prompts
    assert "not started" not in html(lesson)


@each
def test_pictures_keep_their_text_for_those_who_do_not_see_them(lesson: Lesson) -> None:
    pictures = sum(cell.source.count("![") for cell in lesson.read().cells)
    assert len(re.findall(r'<img src="data:[^"]+" alt="[^"]{20,}"', html(lesson))) == pictures


def test_one_file_is_written_for_each_lesson(tmp_path: Path) -> None:
    chosen = [find("02"), find("06-keys")]
    first = slides.make(chosen, tmp_path / "été 1")
    assert first.name == "02-salt.html"
    names = ["02-salt.html", "deeper-06-keys.html"]
    assert sorted(one.name for one in first.parent.iterdir()) == names


@each
def test_all_notes_of_the_guide_are_with_their_slides(lesson: Lesson) -> None:
    guide = guide_to(lesson)
    notes = re.findall(r'<aside class="notes">(.*?)</aside>', html(lesson), re.DOTALL)
    assert len(notes) == len(guide.get("say", {})) + len(guide.get("wrong", {}))
    assert bool(guide) != lesson.deeper
