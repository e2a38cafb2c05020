"""The live edition: what a teacher types is outlined, and what nobody types is there."""

from functools import cache
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

from teaching.editions import live
from teaching.editions.outline import HERE, outlined
from teaching.editions.parts import parts
from teaching.editions.sources import Lesson, find, lessons
from teaching.editions.student import student_copy
from tests.support.paths import ROOT

FOLDER = ROOT / "live"
each = pytest.mark.parametrize("lesson", lessons(), ids=lambda lesson: lesson.name)


@cache
def typed(lesson: Lesson) -> NotebookNode:
    return live.to_type(lesson, FOLDER)


@each
def test_texts_are_those_of_the_student_and_only_short_cells_are_outlined(lesson: Lesson) -> None:
    nbformat.validate(typed(lesson))
    whole = student_copy(lesson, FOLDER)
    found, outlines = parts(whole), 0
    for cell, before in zip(typed(lesson).cells, whole.cells, strict=True):
        assert (cell.id, cell.get("outputs", [])) == (before.id, [])
        outlines += cell.source != before.source
        if cell.source != before.source:
            assert HERE in cell.source and not found[cell.id] & live.GIVEN
            assert len(before.source.splitlines()) < 2 * live.MOST_LINES
    assert outlines >= (2 if lesson.deeper else 5)


@each
def test_an_outline_runs_and_does_nothing_but_import(lesson: Lesson) -> None:
    for cell in typed(lesson).cells:
        if HERE in cell.source and cell.cell_type == "code":
            head, _, comment = cell.source.partition(HERE)
            compile(head, cell.id, "exec")
            assert all(line.startswith(("import ", "from ")) for line in head.split("\n") if line)
            assert all(line.startswith("#   ") for line in comment.splitlines()[1:])


@pytest.mark.parametrize(
    ("source", "outline"),
    [
        ("server.rows('users')", "# Type here:\n#   server.rows('users')"),
        ("import jwt", "import jwt"),
        ("import jwt\njwt.x()", "import jwt\n\n# Type here:\n#   jwt.x()"),
        (
            'ada = {"email": "ada@trax.test", "password": "midnight train"}\nshow(ada)',
            "# Type here:\n#   ada = …\n#   show(ada)",
        ),
        (
            'for email in ("linus@trax.test", "hedy@trax.test"):\n    sign_up(email)',
            "# Type here:\n#   for email in …:\n#       sign_up(email)",
        ),
        ("first, second = 1, 2  # a comment", "# Type here:\n#   first, second = (1, 2)"),
    ],
)
def test_a_long_value_is_left_out(source: str, outline: str) -> None:
    assert outlined(source) == outline


def test_both_folders_are_made(tmp_path: Path) -> None:
    live.make([find("02")], tmp_path)
    for name in ("to-type", "to-run"):
        assert (tmp_path / name / "02-salt.ipynb").is_file()
        assert (tmp_path / name / "words.md").is_file()
