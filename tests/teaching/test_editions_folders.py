"""`python -m teaching.editions … --to FOLDER`: which folder is meant, and which is not written.

Left out: mistakes, and what is opened (test_editions_command.py).
"""

from pathlib import Path

import pytest

from teaching.editions import __main__ as command
from teaching.grading import __main__ as report
from tests.support.notebooks import PATHS
from tests.support.paths import NOTEBOOKS, ROOT


@pytest.mark.parametrize(
    "folder",
    [ROOT, NOTEBOOKS, NOTEBOOKS / "deeper", NOTEBOOKS / "new"],
)
def test_the_courses_own_files_are_not_overwritten(folder: Path, capsys) -> None:
    before = PATHS[0].stat().st_mtime_ns
    with pytest.raises(SystemExit) as end:
        command.main(["student", "00", "--to", str(folder)])
    assert end.value.code == 2
    assert capsys.readouterr().err.endswith("own files: name another folder with --to\n")
    assert PATHS[0].stat().st_mtime_ns == before and not (NOTEBOOKS / "new").exists()


def test_each_folder_of_the_course_is_one_of_its_own() -> None:
    folders = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    folders |= {"data", "notebooks", ".github"}
    assert {folder for folder in folders if command.is_ours(ROOT / folder / "new")} == folders
    assert not any(map(command.is_ours, (ROOT / "slides", ROOT / "für Montag", ROOT.parent)))


def test_an_edition_of_some_lessons_has_these_only(tmp_path: Path) -> None:
    assert command.main(["student", "03", "06-keys", "--to", str(tmp_path)]) == 0
    made = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.ipynb"))
    assert made == ["03-hash.ipynb", "deeper/06-keys.ipynb"]


def test_a_folder_is_meant_where_course_py_was_called(tmp_path: Path, monkeypatch, capsys) -> None:
    monkeypatch.setenv("COURSE_CALLED_FROM", str(tmp_path))
    assert command.main(["live", "02", "--to", "für Montag"]) == 0
    assert (tmp_path / "für Montag" / "to-run" / "02-salt.ipynb").is_file()
    assert capsys.readouterr().out == f"Made in {tmp_path / 'für Montag'}\n"
    assert report.main(["Abgaben"]) == 2
    assert capsys.readouterr().err.startswith(f"{tmp_path / 'Abgaben'} ")
