"""`python -m teaching.editions`: what it makes and opens, and what it says of a mistake."""

import webbrowser
from pathlib import Path

import pytest

from teaching.editions.__main__ import main


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that the browser was told to open."""
    addresses: list[str] = []
    monkeypatch.setattr(webbrowser, "open", addresses.append)
    return addresses


def test_slides_are_made_and_opened(tmp_path: Path, opened: list[str]) -> None:
    folder = tmp_path / "für Montag"
    assert main(["slides", "02", "--to", str(folder)]) == 0
    assert opened == [(folder / "02-salt.html").resolve().as_uri()]
    assert main(["slides", "03", "--to", str(folder), "--no-open"]) == 0
    assert len(opened) == 1 and (folder / "03-hash.html").is_file()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["slides", "99"], "There is no lesson '99'; there are, for instance, "),
        (["book", "02"], "the book always has all lessons: name none"),
        (["student"], "this edition needs --to FOLDER"),
    ],
)
def test_a_mistake_gets_a_sentence(
    arguments: list[str], said: str, opened: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        status = main(arguments)
    except SystemExit as end:
        status = end.code
    assert status == 2 and said in capsys.readouterr().err and not opened


def test_a_folder_that_is_a_file_gets_a_sentence(
    tmp_path: Path, opened: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "taken").write_text("", encoding="utf-8")
    assert main(["slides", "02", "--to", str(tmp_path / "taken")]) == 1
    said = capsys.readouterr().err
    assert said.startswith("A file cannot be written (") and said.endswith("with --to.\n")
    assert said.count("\n") == 1 and not opened
