"""What the look at an environment finds: missing, of another version, or not to be loaded."""

from importlib.metadata import version

import pytest

from bootstrap import look
from bootstrap.look import faults

SIX = f"six=={version('six')}"


def lock(*pins: str) -> str:
    return "".join(f"{pin} \\\n    --hash=sha256:00\n    # via nothing\n" for pin in pins)


def test_what_is_here_as_the_lock_says_has_no_faults() -> None:
    assert list(faults(lock(SIX, f"packaging=={version('packaging')}"))) == []
    assert list(faults("# nothing\n")) == []


@pytest.mark.parametrize(
    ("pin", "fault"),
    [
        ("six==0.1", f"six 0.1 is not in .venv, but {version('six')}"),
        ("no-such-package-of-the-course==1", "no-such-package-of-the-course 1 is not in .venv"),
    ],
)
def test_what_is_missing_or_of_another_version_is_named(pin: str, fault: str) -> None:
    assert list(faults(lock(pin))) == [fault]


def test_a_package_of_another_system_may_be_missing() -> None:
    assert list(faults(lock("no-such-package==1 ; sys_platform == 'plan9'"))) == []


def test_what_cannot_be_loaded_is_named_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(look, "NEEDED", ("no_such_module_of_the_course",))
    found = list(faults(lock(f"jupyterlab=={version('jupyterlab')}")))
    assert found == [
        "no_such_module_of_the_course cannot be imported: "
        "ModuleNotFoundError: No module named 'no_such_module_of_the_course'"
    ]


def test_all_that_is_loaded_can_be_loaded_here() -> None:
    assert [look.of_import(name) for name in look.NEEDED] == [""] * len(look.NEEDED)
