"""The cell magic `%%expect`: the error that is the lesson in one line, anything else fails."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from classroom import expect
from classroom.display import labels


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[InteractiveShell]:
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    found = InteractiveShell.instance(config=Config(HistoryManager={"enabled": False}))
    expect.register(found)
    labels.forget()
    yield found
    labels.forget()
    InteractiveShell.clear_instance()


def failure(shell: InteractiveShell, cell: str) -> str:
    """Run a cell that must fail, and return what it fails with."""
    error = shell.run_cell(cell).error_in_exec
    return f"{type(error).__name__}: {error}"


def printed(shell: InteractiveShell, cell: str, capsys: pytest.CaptureFixture[str]) -> str:
    """Run a cell that must succeed, and return what it prints; nothing may go to stderr."""
    shell.run_cell(cell).raise_error()
    out, err = capsys.readouterr()
    assert err == ""
    return out


def test_the_expected_error_is_one_line(
    shell: InteractiveShell, capsys: pytest.CaptureFixture[str]
) -> None:
    assert printed(shell, "%%expect ZeroDivisionError\n1 / 0", capsys) == (
        "ZeroDivisionError: division by zero\n"
    )


def test_the_name_of_a_base_class_or_a_dotted_name_will_do(
    shell: InteractiveShell, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = "KeyError: 'email'\n"
    assert printed(shell, "%%expect LookupError\n{}['email']", capsys) == shown
    assert printed(shell, "%%expect builtins.KeyError\n{}['email']", capsys) == shown


def test_an_error_without_a_message_is_its_name(
    shell: InteractiveShell, capsys: pytest.CaptureFixture[str]
) -> None:
    assert printed(shell, "%%expect ValueError\nraise ValueError", capsys) == "ValueError\n"


def test_what_the_cell_prints_before_appears_as_usual(
    shell: InteractiveShell, capsys: pytest.CaptureFixture[str]
) -> None:
    cell = "%%expect ValueError\nprint('first')\nint('x')"
    assert printed(shell, cell, capsys).startswith("first\nValueError: invalid literal")


def test_the_cell_runs_in_the_notebooks_namespace(
    shell: InteractiveShell, capsys: pytest.CaptureFixture[str]
) -> None:
    shell.run_cell("given = 1")
    printed(shell, "%%expect ValueError\nmade = given + 1\nint('x')", capsys)
    assert shell.user_ns["made"] == 2


def test_a_syntax_error_can_be_expected(
    shell: InteractiveShell, capsys: pytest.CaptureFixture[str]
) -> None:
    assert printed(shell, "%%expect SyntaxError\ndef", capsys).startswith("SyntaxError: ")


def test_values_that_vary_are_labelled_and_hostile_text_is_visible(
    shell: InteractiveShell, capsys: pytest.CaptureFixture[str]
) -> None:
    cell = "%%expect ValueError\nraise ValueError('\\x1b[31m' + 'at 1795000000')"
    assert printed(shell, cell, capsys) == "ValueError: \\x1b[31mat ‹time-1›\n"


def test_nothing_raised_is_a_failure(shell: InteractiveShell) -> None:
    assert failure(shell, "%%expect ValueError\nint('1')") == (
        "AssertionError: ValueError was expected, but nothing was raised."
    )


def test_another_error_is_a_failure_that_names_both(shell: InteractiveShell) -> None:
    assert failure(shell, "%%expect ValueError\n1 / 0") == (
        "AssertionError: ValueError was expected, but this was raised: "
        "ZeroDivisionError: division by zero"
    )
    # A subclass was asked for, its base came.
    assert failure(shell, "%%expect KeyError\nraise LookupError('x')").startswith(
        "AssertionError: KeyError was expected, but this was raised: LookupError: x"
    )


def test_a_top_level_await_is_refused_with_a_way_out(shell: InteractiveShell) -> None:
    cell = "%%expect ValueError\nimport asyncio\nawait asyncio.sleep(0)"
    assert failure(shell, cell) == (
        "AssertionError: %%expect runs no top-level await: put it in a function."
    )


def test_a_missing_name_is_asked_for(shell: InteractiveShell) -> None:
    assert "Write the error's name after it" in failure(shell, "%%expect\n1 / 0")
