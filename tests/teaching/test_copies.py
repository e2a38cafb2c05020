"""What happens to a student's copy when its lesson changes: nothing of the student's is lost."""

import json
from pathlib import Path

import pytest
from nbformat import v4

from teaching.editions import copies as module
from teaching.editions.copies import RECORD, Copies

NAME = "03-hash.ipynb"
DAY = "2026-11-29"


def notebook(source: str, run: bool = False, **metadata: object) -> str:
    """Return the text of a notebook with one cell, which was run or not."""
    outputs = [v4.new_output("stream", text="1")] if run else []
    cell = v4.new_code_cell(source, outputs=outputs, id="one")
    return v4.writes(v4.new_notebook(cells=[cell], metadata=metadata)) + "\n"


OLD, NEW, NEWEST, MINE = map(notebook, ("old", "new", "newest", "mine"))


def lay(folder: Path, text: str, name: str = NAME) -> None:
    with Copies(folder) as copies:
        copies.lay(name, text)


def put_back(folder: Path, text: str) -> str:
    with Copies(folder) as copies:
        return copies.put_back(NAME, text, DAY)


def files(folder: Path) -> dict[str, str]:
    """Return what lies in the folder, without the record."""
    return {path.name: path.read_text("utf-8") for path in folder.iterdir() if path.name != RECORD}


def test_a_missing_copy_is_laid(tmp_path: Path) -> None:
    folder = tmp_path / "Élodie's lessons"
    lay(folder, OLD)
    assert files(folder) == {NAME: OLD}


@pytest.mark.parametrize("there", [OLD, notebook("old", language_info={"name": "python"})])
def test_an_untouched_copy_is_renewed_without_a_word(tmp_path, capsys, there: str) -> None:
    """Opened in JupyterLab, but neither changed nor run, is untouched."""
    lay(tmp_path, OLD)
    (tmp_path / NAME).write_text(there, "utf-8")
    lay(tmp_path, NEW)
    assert files(tmp_path) == {NAME: NEW} and capsys.readouterr().out == ""


@pytest.mark.parametrize("mine", [MINE, notebook("old", run=True), "no notebook at all"])
def test_beside_a_copy_with_work_in_it_the_newer_one_is_laid_once(
    tmp_path, capsys, mine: str
) -> None:
    lay(tmp_path, OLD)
    (tmp_path / NAME).write_text(mine, "utf-8")
    lay(tmp_path, OLD)
    assert files(tmp_path) == {NAME: mine} and capsys.readouterr().out == ""
    lay(tmp_path, NEW)
    assert files(tmp_path) == {NAME: mine, "03-hash.new.ipynb": NEW}
    assert capsys.readouterr().out == (
        "There is a newer 03-hash.ipynb: yours is kept, "
        "and the newer one is beside it as 03-hash.new.ipynb.\n"
    )
    (tmp_path / "03-hash.new.ipynb").unlink()
    lay(tmp_path, NEW)
    assert files(tmp_path) == {NAME: mine} and capsys.readouterr().out == ""


def test_a_still_newer_one_takes_the_place_of_the_one_laid_beside(tmp_path: Path) -> None:
    lay(tmp_path, OLD)
    (tmp_path / NAME).write_text(MINE, "utf-8")
    lay(tmp_path, NEW)
    lay(tmp_path, NEWEST)
    assert files(tmp_path) == {NAME: MINE, "03-hash.new.ipynb": NEWEST}


def test_work_in_the_one_laid_beside_is_kept_as_well(tmp_path: Path) -> None:
    lay(tmp_path, OLD)
    (tmp_path / NAME).write_text(MINE, "utf-8")
    lay(tmp_path, NEW)
    more = notebook("mine, too")
    (tmp_path / "03-hash.new.ipynb").write_text(more, "utf-8")
    lay(tmp_path, NEWEST)
    assert files(tmp_path) == {
        NAME: MINE,
        "03-hash.new.ipynb": more,
        "03-hash.new-2.ipynb": NEWEST,
    }


@pytest.mark.parametrize("record", [None, "", "[]", "{", '{"made": 5}', '{"other": {}}'])
def test_without_a_record_nothing_is_overwritten(tmp_path: Path, record: str | None) -> None:
    (tmp_path / NAME).write_text(OLD, "utf-8")
    if record is not None:
        (tmp_path / RECORD).write_text(record, "utf-8")
    lay(tmp_path, NEW)
    assert files(tmp_path) == {NAME: OLD, "03-hash.new.ipynb": NEW}


def test_a_lost_record_is_made_again(tmp_path: Path) -> None:
    lay(tmp_path, OLD)
    (tmp_path / RECORD).unlink()
    lay(tmp_path, OLD)
    lay(tmp_path, NEW)
    assert files(tmp_path) == {NAME: NEW}


def test_a_page_with_notes_is_kept_like_a_notebook(tmp_path: Path) -> None:
    lay(tmp_path, "# Words\n", "words.md")
    (tmp_path / "words.md").write_text("# Words\n\nMy notes.\n", "utf-8")
    lay(tmp_path, "# Other words\n", "words.md")
    assert files(tmp_path)["words.md"].endswith("My notes.\n")
    assert files(tmp_path)["words.new.md"] == "# Other words\n"


def test_reset_gives_the_lesson_and_keeps_yours_with_a_date(tmp_path: Path) -> None:
    lay(tmp_path, OLD)
    (tmp_path / NAME).write_text(MINE, "utf-8")
    lay(tmp_path, NEW)
    assert put_back(tmp_path, NEW) == "03-hash.2026-11-29.ipynb"
    assert files(tmp_path) == {NAME: NEW, "03-hash.2026-11-29.ipynb": MINE}
    (tmp_path / NAME).write_text(notebook("mine again"), "utf-8")
    assert put_back(tmp_path, NEW) == "03-hash.2026-11-29-2.ipynb"
    assert files(tmp_path)["03-hash.2026-11-29.ipynb"] == MINE


def test_reset_keeps_nothing_where_nobody_worked(tmp_path: Path) -> None:
    assert put_back(tmp_path, OLD) == ""
    assert put_back(tmp_path, NEW) == ""
    assert files(tmp_path) == {NAME: NEW}


def test_reset_leaves_work_in_the_newer_one(tmp_path: Path) -> None:
    lay(tmp_path, OLD)
    (tmp_path / NAME).write_text(MINE, "utf-8")
    lay(tmp_path, NEW)
    (tmp_path / "03-hash.new.ipynb").write_text(notebook("mine, too"), "utf-8")
    put_back(tmp_path, NEW)
    assert "mine, too" in files(tmp_path)["03-hash.new.ipynb"]


def test_a_write_that_fails_leaves_the_whole_old_file(tmp_path, monkeypatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    lay(tmp_path, OLD)
    monkeypatch.setattr(module.os, "replace", full)
    with pytest.raises(OSError):
        lay(tmp_path, NEW)
    assert files(tmp_path)[NAME] == OLD
    assert json.loads((tmp_path / RECORD).read_text("utf-8"))["made"]
