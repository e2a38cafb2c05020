"""The student edition of each lesson: what is cleared, what is folded, what stays as it was.

Left out: how copies are kept (test_copies.py), and kernels (test_editions_run.py).
"""

import re
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import nbformat
import pytest
from nbformat import NotebookNode

from teaching.editions import my_lessons, reset, student
from teaching.editions.links import TARGET
from teaching.editions.parts import Part, leads_on, parts, split_answer
from teaching.editions.sources import Lesson, find, lessons
from tests.support.paths import ROOT

FOLDER = ROOT / "my-lessons"
each = pytest.mark.parametrize("lesson", lessons(), ids=lambda lesson: lesson.name)


@cache
def copy(lesson: Lesson) -> NotebookNode:
    return student.student_copy(lesson, FOLDER)


def unfolded(text: str) -> str:
    """Return what of a text is seen before anything is opened."""
    depth, seen = 0, []
    for piece in re.split(r"(</?details>)", text):
        depth += {"<details>": 1, "</details>": -1}.get(piece, 0)
        seen += [] if depth or piece.startswith("</details") else [piece]
    return "".join(seen)


@each
def test_it_is_valid_and_has_the_cells_of_its_source_and_no_output(lesson: Lesson) -> None:
    source = lesson.read()
    nbformat.validate(copy(lesson))
    assert [(one.id, one.cell_type) for one in copy(lesson).cells] == [
        (one.id, one.cell_type) for one in source.cells
    ]
    for cell, before in zip(copy(lesson).cells, source.cells, strict=True):
        if cell.cell_type == "code":
            assert (cell.outputs, cell.execution_count) == ([], None)
            assert without_targets(cell) == without_targets(before)


def without_targets(cell: NotebookNode) -> str:
    return TARGET.sub("", cell.source)


@each
def test_no_answer_of_a_prediction_is_seen_until_it_is_opened(lesson: Lesson) -> None:
    source, cells = lesson.read(), {cell.id: cell.source for cell in copy(lesson).cells}
    found = parts(source)
    for cell, after in zip(source.cells, [*source.cells[1:], None], strict=True):
        if Part.ANSWER in found[cell.id]:
            answer, rest = split_answer(cell.source, leads_on(after))
            seen = unfolded(cells[cell.id])
            assert answer.partition("\n")[0][:40] not in seen, cell.id
            assert rest.partition("\n")[0][:40] in seen, cell.id
        elif cell.cell_type == "markdown":
            assert without_targets(NotebookNode(source=cells[cell.id])) == without_targets(cell)


@each
def test_its_links_lead_somewhere(lesson: Lesson, everything: Path) -> None:
    file = everything / lesson.file
    for cell in nbformat.read(file, as_version=4).cells:
        for target in re.findall(r'(?:\]\(|href=")([^)"\s]+)', cell.source):
            if not target.startswith("https://"):
                assert (file.parent / unquote(target.partition("#")[0])).exists(), target
        for folder in re.findall(r'insert\(0, "([^"]+)"', cell.source):
            assert (file.parent / folder).is_dir(), folder


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All copies, in a folder that is not in the course's."""
    folder = tmp_path_factory.mktemp("somebody's") / "léçons d'été"
    student.make(lessons(), folder)
    return folder


def test_beside_the_copies_are_the_words_and_all_pictures_of_lessons(everything: Path) -> None:
    assert (everything / "words.md").is_file()
    assert len(list(everything.glob("images/*.svg"))) >= 11


def test_what_leads_to_the_next_cell_is_not_folded() -> None:
    cells = {cell.id: cell.source for cell in copy(find("00")).cells}
    assert "When Ada signs in again" in unfolded(cells["sign-in-again"])
    assert "this attack is stopped" not in unfolded(cells["sign-in-again"])


@pytest.fixture
def mine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Another folder in the place of my-lessons."""
    for module in (my_lessons, reset):
        monkeypatch.setattr(module, "FOLDER", tmp_path / "my-lessons")
    return tmp_path / "my-lessons"


def test_the_copies_are_made_once_and_again_if_one_is_missing(mine: Path, capsys) -> None:
    assert my_lessons.main() == 0
    assert capsys.readouterr().out == my_lessons.MAKING + "\n"
    assert my_lessons.main() == 0
    assert capsys.readouterr().out == ""
    (mine / "deeper" / "06-keys.ipynb").unlink()
    assert my_lessons.main() == 0 and (mine / "deeper" / "06-keys.ipynb").is_file()


def test_a_folder_that_cannot_be_written_is_said_in_one_sentence(mine: Path, capsys) -> None:
    mine.write_text("a file", "utf-8")
    assert my_lessons.main() == 1
    assert reset.main(["03"]) == 1
    for line in capsys.readouterr().err.splitlines():
        assert line.startswith("The folder my-lessons cannot be written (")


def test_reset_says_what_it_did(mine: Path, capsys) -> None:
    student.make([find("03")], mine)
    file = mine / "03-hash.ipynb"
    given = file.read_text("utf-8")
    file.write_text(given.replace("hashpw", "hashed_by_me"), "utf-8")
    assert reset.main(["03"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("my-lessons/03-hash.ipynb is as it was given. Yours is kept as 03-hash.")
    assert file.read_text("utf-8") == given
    assert len(list(mine.glob("03-hash*"))) == 2


@pytest.mark.parametrize(
    ("names", "said"), [([], "Name the lesson"), (["42"], "There is no lesson '42'")]
)
def test_reset_without_a_lesson_changes_nothing(mine, capsys, names, said) -> None:
    assert reset.main(names) == 2
    assert capsys.readouterr().err.startswith(said) and not mine.exists()
