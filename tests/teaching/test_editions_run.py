"""Editions in real kernels: student copies in a folder of their own, and all exercises solved.

Slow: each lesson is run from top to bottom. A solution alone, pasted, is tried by day
(tests/lessons/test_solutions_paste.py).
"""

import os
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from classroom.display.verdict_names import NOT_STARTED
from teaching.editions import solved, student
from teaching.editions.parts import Part, parts
from teaching.editions.sources import Lesson, find, lessons
from tests.support.paths import NOTEBOOKS, ROOT
from tests.support.tiers import turns

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("name", ["07", "06-keys"])  # a core lesson and a deeper one
def test_a_students_copy_runs_where_it_lies(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The two folders are on the path, as the .pth file of .venv has them."""
    monkeypatch.setenv("PYTHONPATH", f"{NOTEBOOKS}{os.pathsep}{ROOT}")
    lesson, folder = find(name), tmp_path / "Élodie's lessons"
    student.make([lesson], folder)
    notebook = nbformat.read(folder / lesson.file, as_version=4)
    where = {"metadata": {"path": str((folder / lesson.file).parent)}}
    NotebookClient(notebook, timeout=120, resources=where).execute()
    for cell in notebook.cells:
        assert not any(one.get("name") == "stderr" for one in cell.get("outputs", []))
        if Part.STUB in parts(notebook)[cell.id]:
            assert solved.texts(cell)[0].startswith(NOT_STARTED)


@pytest.mark.parametrize("lesson", turns(lessons()), ids=lambda lesson: lesson.name)
def test_in_the_solved_edition_every_check_says_done(
    lesson: Lesson, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without Firefox, which no check needs and each lesson starts several times."""
    monkeypatch.setenv("LAB_BROWSER", "chromium")
    notebook = solved.run(solved.solved(lesson), lesson)
    assert solved.stubs(notebook) or lesson.deeper
    assert solved.not_done(notebook) == []


def test_a_frame_that_was_not_filled_is_reported(tmp_path: Path, monkeypatch, capsys) -> None:
    monkeypatch.setattr(solved, "solved", Lesson.read)
    solved.make([find("00")], tmp_path)
    assert "00-start-here: the exercise say-hello is not done." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("code", "seconds", "sentence"),
    [
        ("1 / 0", 60, "In 02-salt a cell raised ZeroDivisionError: open"),
        ("while True: pass", 1, "In 02-salt a cell ran for 1 s: open the lesson in JupyterLab"),
        ("import os; os._exit(3)", 60, "The kernel of 02-salt ended: close other programs"),
    ],
)
def test_a_cell_that_fails_ends_in_a_sentence(
    tmp_path: Path, monkeypatch, capfd, code: str, seconds: int, sentence: str
) -> None:
    def broken(lesson: Lesson) -> nbformat.NotebookNode:
        notebook = lesson.read()
        notebook.cells = [cell for cell in notebook.cells if cell.cell_type == "code"][:1]
        notebook.cells[0].source = code
        return notebook

    monkeypatch.setattr(solved, "solved", broken)
    monkeypatch.setattr(solved, "SECONDS", seconds)
    with pytest.raises(SystemExit, match=sentence):
        solved.make([find("02")], tmp_path)
    assert not list(tmp_path.iterdir())
    assert capfd.readouterr().err == ""
