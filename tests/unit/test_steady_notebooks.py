"""A notebook that was only run again shows no change in git; one that says something else does."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.steady_notebooks import FILTER, main, set_up, steady, write_back
from tests.support.notebooks import PATHS
from tests.support.paths import NOTEBOOKS, ROOT
from tests.support.stored import read, written

FIRST = NOTEBOOKS / "00-start-here.ipynb"
STORED = FIRST.read_text(encoding="utf-8")


def run_again() -> str:
    """Return lesson 00 as JupyterLab saves it after another run, with other real values."""
    notebook = read(STORED.replace('<span class=\\"real\\">', '<span class=\\"real\\">other'))
    notebook.metadata["language_info"] = {"name": "python", "version": "3.14.1"}
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.execution_count = 99
            cell.metadata["execution"] = {"iopub.status.busy": "2026-01-01T00:00:00Z"}
    notebook.cells[0].metadata["jp-MarkdownHeadingCollapsed"] = True
    text = written(notebook)
    assert text.count("other") > 5
    return text


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_the_committed_text_is_the_one_that_is_written(path: Path) -> None:
    assert written(read(path.read_text(encoding="utf-8"))) == path.read_text(encoding="utf-8")


def test_another_run_changes_nothing() -> None:
    assert steady(run_again(), STORED) == STORED


def test_another_word_in_an_output_or_in_the_code_is_a_change() -> None:
    notebook = read(run_again())
    cell = next(cell for cell in notebook.cells if cell.get("outputs"))
    cell.source += "\n# one more line"
    changed = read(steady(written(notebook), STORED))
    assert [one.id for one in changed.cells if one.get("execution_count") == 99] == [cell.id]
    said = run_again().replace("201 Created", "202 Accepted")
    assert "202 Accepted" in steady(said, STORED)


def test_a_conflict_and_a_new_notebook_pass_through() -> None:
    assert steady("<<<<<<< HEAD\n", STORED) == "<<<<<<< HEAD\n"
    assert steady(STORED, "") == STORED


def git(folder: Path, *command: str) -> str:
    who = ["-c", "user.name=Ada", "-c", "user.email=ada@trax.test"]
    done = subprocess.run(
        ["git", *who, *command], cwd=folder, capture_output=True, encoding="utf-8", check=True
    )
    return done.stdout


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")
def test_git_sees_only_what_says_something_else(tmp_path: Path) -> None:
    clone = tmp_path / "a clone"
    (clone / "notebooks").mkdir(parents=True)
    for name in (".gitattributes", ".gitignore"):
        shutil.copy(ROOT / name, clone)
    shutil.copytree(ROOT / "tests", clone / "tests", ignore=shutil.ignore_patterns("__pycache__"))
    lesson = clone / "notebooks" / FIRST.name
    lesson.write_text(STORED, encoding="utf-8", newline="\n")
    git(clone, "init", "-q")
    git(clone, "add", ".")
    git(clone, "commit", "-qm", "all")
    set_up(clone)
    lesson.write_text(run_again(), encoding="utf-8", newline="\n")
    assert git(clone, "diff") == ""
    assert write_back(clone) == [] and git(clone, "status", "--porcelain") == ""
    lesson.write_text(run_again().replace("201 Created", "202 Accepted"), encoding="utf-8")
    assert 0 < int(git(clone, "diff", "--numstat").split()[0]) < 20
    assert write_back(clone) == [f"notebooks/{FIRST.name}"]


def test_the_filter_is_the_one_that_gitattributes_names(monkeypatch, tmp_path: Path) -> None:
    assert f"*.ipynb filter={FILTER} " in (ROOT / ".gitattributes").read_text(encoding="utf-8")
    monkeypatch.setattr("tests.steady_notebooks.ROOT", tmp_path)
    git(tmp_path, "init", "-q")
    assert main([]) == 0
    assert "tests.steady_notebooks %f" in git(tmp_path, "config", f"filter.{FILTER}.clean")
