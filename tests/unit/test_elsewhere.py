"""The verdicts and the table of `python -m tests.elsewhere`, with no environment and no network."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_output

from classroom.display.hosted import HOSTS
from classroom.doctor.front_end import OF_VS_CODE, how_to_choose, this_python
from tests import elsewhere
from tests.elsewhere import PIP, SAME, START, Row, code, lesson, outcome, tried, verdict
from tests.support.places import CannotBeMade

HERE = Path(sys.executable)


@pytest.fixture(autouse=True)
def _no_service(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in (OF_VS_CODE, *HOSTS):
        monkeypatch.delenv(variable, raising=False)


def stopped_by(name: str, text: str, *frames: str) -> list[NotebookNode]:
    """Return the lesson's cells after a run whose first cell raised."""
    cells = code(lesson())
    for cell in cells:
        cell.outputs = []
    shown = [*frames, f"{name}: {text}"]
    cells[0].outputs = [new_output("error", ename=name, evalue=text, traceback=shown)]
    return cells


def wrong_kernel() -> str:
    return f"This kernel is {this_python()}, and it has no bcrypt: {how_to_choose()}."


def test_the_stored_outputs_are_expected_and_no_others() -> None:
    cells = code(lesson())
    assert outcome(cells, HERE) == SAME
    cells[1].outputs = []
    assert outcome(cells, HERE) == f"other outputs of {cells[1].id}"
    noise = new_output("stream", name="stderr", text="a warning")
    cells = code(lesson())
    cells[-1].outputs = [noise]
    assert outcome(cells, HERE) == f"other outputs of {cells[-1].id}"


def test_the_sentence_on_a_wrong_kernel_is_known_by_its_step(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert outcome(stopped_by("WrongKernel", wrong_kernel()), HERE) == START
    monkeypatch.setenv("COLAB_RELEASE_TAG", "release")
    assert outcome(stopped_by("WrongKernel", wrong_kernel()), HERE) == PIP


def test_a_traceback_or_another_python_is_no_such_sentence() -> None:
    text = wrong_kernel()
    assert outcome(stopped_by("WrongKernel", text, "a frame"), HERE) == f"WrongKernel: {text}"
    assert outcome(stopped_by("WrongKernel", text), Path("python")) == f"WrongKernel: {text}"
    missing = "No module named 'bcrypt'"
    found = outcome(stopped_by("ModuleNotFoundError", missing), HERE)
    assert found == f"ModuleNotFoundError: {missing}"


def test_one_row_that_is_not_as_expected_is_marked_and_ends_with_1(
    capsys: pytest.CaptureFixture[str],
) -> None:
    good, bad = Row("one", SAME, SAME), Row("two", "other outputs of rows", SAME)
    assert verdict([good]) == 0
    assert verdict([good, bad]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.split("|")[2].strip() for line in lines[-2:]] == [
        "as expected",
        f"WRONG: not {SAME}",
    ]


def test_an_environment_that_cannot_be_made_is_a_row_that_is_wrong(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    @contextmanager
    def no_place() -> Iterator[None]:
        raise CannotBeMade("no network")
        yield

    monkeypatch.setattr(elsewhere, "place", no_place)
    rows = tried("colab")
    assert [row.outcome for row in rows] == ["could not be tried: no network"]
    assert verdict(rows) == 1


def test_an_unknown_name_gets_a_sentence_with_the_names() -> None:
    with pytest.raises(SystemExit, match="There is no colob; there are: notebook, jupyterlab"):
        elsewhere.main(["colob"])
