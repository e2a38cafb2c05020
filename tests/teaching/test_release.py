"""What a release has attached, and the version that its files name."""

import zipfile
from pathlib import Path

import pytest

from teaching import ROOT
from teaching.editions import release, slides
from teaching.editions.sources import Lesson


def test_all_files_name_one_version() -> None:
    assert len(set(release.versions().values())) == 1, release.versions()


def test_another_tag_gets_a_sentence_and_makes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert release.main(["v0.0.7", "--to", str(tmp_path / "release")]) == 1
    said = capsys.readouterr().err
    assert said.startswith("The tag is v0.0.7, but pyproject.toml has ") and said.count("\n") == 1
    assert not (tmp_path / "release").exists()


def test_each_edition_becomes_a_zip_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(release, "EDITIONS", ("slides",))
    monkeypatch.setattr(release, "lessons", lambda: [Lesson("02-salt.ipynb")])
    version = release.versions()["pyproject.toml"]
    assert release.main([f"v{version}", "--to", str(tmp_path)]) == 0
    (made,) = tmp_path.glob("*.zip")
    name = f"signup-lessons-{version}-{slides.__name__.rpartition('.')[2]}"
    assert made.name == f"{name}.zip"
    assert f"{name}/02-salt.html" in zipfile.ZipFile(made).namelist()
    assert not (tmp_path / name).exists()
    assert (tmp_path / "notes.md").read_text("utf-8").startswith("- ")


def test_each_licence_is_here_and_named() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    for file, word in (
        ("LICENSE", "MIT License"),
        ("LICENSE-TEXT", "Attribution 4.0 International"),
    ):
        assert word in (ROOT / file).read_text("utf-8") and f"({file})" in readme
