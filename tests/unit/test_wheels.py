"""Which packages of the lock another system needs, and where wheels are looked for."""

from pathlib import Path

import pytest

from bootstrap.wheels import SYSTEMS, given, lock_for, parsed
from tests.support.paths import ROOT

LOCK = (ROOT / "requirements.txt").read_text("utf-8")


def needed(system: str, version: str) -> dict[str, str]:
    """Return the packages of the course's lock for a system, each with its version."""
    lines = lock_for(LOCK, SYSTEMS[system], version).splitlines()
    assert all(" --hash=sha256:" in line for line in lines)
    return dict(line.split()[0].split("==") for line in lines)


@pytest.mark.parametrize(
    ("system", "has", "lacks"),
    [
        ("windows", {"colorama", "pywinpty"}, {"pexpect", "appnope"}),
        ("macos", {"pexpect", "appnope"}, {"colorama", "pywinpty"}),
        ("linux", {"pexpect"}, {"colorama", "appnope"}),
    ],
)
def test_a_system_gets_its_own_packages_and_no_others(system: str, has: set, lacks: set) -> None:
    found = set(needed(system, "3.13"))
    assert has <= found and not lacks & found and {"jupyterlab", "uvicorn"} <= found


def test_processor_and_python_decide_on_versions() -> None:
    arm, intel = needed("windows-arm", "3.13"), needed("windows", "3.13")
    assert arm["cryptography"] != intel["cryptography"]
    assert "overrides" in needed("linux", "3.11") and "overrides" not in needed("linux", "3.12")


def test_wheels_come_from_the_folder_that_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COURSE_WHEELS", str(tmp_path))
    assert given() == tmp_path
    monkeypatch.setenv("COURSE_WHEELS", str(tmp_path / "missing"))
    assert given() is None and "is no folder, so it is not used" in capsys.readouterr().out


def test_another_python_is_asked_for_with_its_system(capsys: pytest.CaptureFixture[str]) -> None:
    assert parsed(["x", "--system", "macos", "--python", "3.15"]).python == "3.15"
    with pytest.raises(SystemExit):
        parsed(["x", "--python", "3.12"])
    assert "--python needs --system" in capsys.readouterr().err
