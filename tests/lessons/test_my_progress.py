"""my_progress(): what is done is kept beside the student's copies, and nowhere else."""

from pathlib import Path

import pytest

from classroom import exercises, my_progress
from classroom.check import check
from classroom.checking import kept
from classroom.my_progress import CORE, DEEPER, NOT_KEPT
from classroom.server.server import Server
from teaching.editions.my_lessons import FOLDER
from tests.support.exercise_cells import STUB
from tests.support.lesson_server import module_server as module_server
from tests.support.notebooks import CORE as CORE_NOTEBOOKS
from tests.support.notebooks import DEEPER as DEEPER_NOTEBOOKS
from tests.support.notebooks import cells


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A notebook's folder in my-lessons, which is the working directory now."""
    deeper = tmp_path / FOLDER.name / "deeper"
    deeper.mkdir(parents=True)
    monkeypatch.chdir(deeper)
    return deeper.parent


def plug(server: Server, answer: str) -> None:
    server.reset()
    exercise = exercises.load("say-hello")
    server.plug("health", getattr(exercise, answer, None) or exercise.wrong[0].answer)


def test_a_done_exercise_is_kept_and_stays_done(server: Server, folder: Path) -> None:
    plug(server, "wrong answer")
    assert not check("say-hello")
    assert list(folder.iterdir()) == [folder / "deeper"]
    plug(server, "solution")
    assert check("say-hello")
    plug(server, "wrong answer")
    assert not check("say-hello")
    assert sorted(path.name for path in folder.iterdir()) == ["deeper", "progress.json"]
    first = my_progress()[0]
    assert first == {"lesson": "00 · Start here", "done": "say-hello", "open": "–"}
    assert "1 of 19 exercises are done" in my_progress().as_text()
    assert "0 of 13 exercises are done" in my_progress(deeper=True).as_text()


def test_outside_of_the_copies_nothing_is_kept(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    plug(server, "solution")
    assert check("say-hello")
    assert list(tmp_path.iterdir()) == []
    assert my_progress().as_text() == NOT_KEPT
    assert "python3" not in NOT_KEPT  # the command of Windows is another


@pytest.mark.parametrize("content", [b"", b"[]", b'{"done": 5}', b'{"done": [[]]}', b"\xff"])
def test_a_damaged_file_is_as_good_as_none(folder: Path, content: bytes) -> None:
    (folder / "progress.json").write_bytes(content)
    assert kept.done() == set()
    kept.keep("salt-each")
    assert kept.done() == {"salt-each"}


def test_a_folder_that_cannot_be_written_is_no_error(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "progress.json").mkdir()  # also root cannot replace a folder by a file
    kept.keep("salt-each")
    assert kept.done() == set()
    assert sorted(path.name for path in folder.iterdir()) == ["deeper", "progress.json"]


@pytest.mark.parametrize(("paths", "shown"), [(CORE_NOTEBOOKS, CORE), (DEEPER_NOTEBOOKS, DEEPER)])
def test_the_map_has_the_exercises_of_each_notebook(paths: list[Path], shown: dict) -> None:
    code = {path: "\n".join(one["source"] for one in cells(path, "code")) for path in paths}
    asked = [(path.stem[:2], tuple(STUB.findall(text))) for path, text in code.items()]
    mapped = [(lesson[:2], ids) for lesson, ids in shown.items()]
    assert sorted(mapped) == sorted((number, ids) for number, ids in asked if ids)


def test_the_copies_are_where_progress_looks_for_them() -> None:
    assert FOLDER.name == kept.FOLDER
