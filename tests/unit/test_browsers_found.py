"""Which browsers are found, on this system and on the others, and which of two versions counts."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from classroom.real_browsers import find, installed

WINDOWS = {
    "Mozilla Firefox": "firefox.exe",
    "Google/Chrome/Application": "chrome.exe",
    "Microsoft/Edge/Application": "msedge.exe",
}


def program(path: Path, said: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{said}\n", encoding="utf-8")
    path.chmod(0o755)


@pytest.fixture
def computer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A computer with nothing but an empty folder."""
    for name in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(find, "SNAPS", tmp_path / "snap")
    monkeypatch.setattr(find, "APPLICATIONS", (tmp_path / "Applications",))
    return tmp_path


def on(system: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(find, "sys", SimpleNamespace(platform=system))


def test_a_computer_may_have_none(computer: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for system in ("linux", "darwin", "win32"):
        on(system, monkeypatch)
        assert installed() == []


def test_on_linux_the_path_is_searched(computer: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    on("linux", monkeypatch)
    program(computer / "chromium", "echo Chromium 156.0.8078.79 built on Debian")
    program(computer / "firefox-esr", "echo Mozilla Firefox 153.7.0esr")
    program(computer / "google-chrome", "echo Please install me; exit 1")
    program(computer / "microsoft-edge", "exit 0")
    seen = [(found.name, found.engine, found.path.name, found.version) for found in installed()]
    assert seen == [
        ("Chromium", "chromium", "chromium", "156.0.8078.79"),
        ("Firefox", "firefox", "firefox-esr", "153.7.0esr"),
    ]


def test_a_snap_is_called_by_its_own_name(computer: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    on("linux", monkeypatch)
    program(computer / "firefox", "echo Mozilla Firefox 153.0")
    program(computer / "snap" / "firefox", "echo Mozilla Firefox 153.0")
    assert [found.path for found in installed()] == [computer / "snap" / "firefox"]


def test_on_a_mac_the_applications_are_searched(
    computer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    on("darwin", monkeypatch)
    for known in find.BROWSERS:
        program(computer / "Applications" / known.mac, f"echo {known.name} 156.0.1")
    assert [found.name for found in installed()] == ["Chrome", "Chromium", "Edge", "Firefox"]


def test_on_windows_no_program_is_asked_for_its_version(
    computer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    on("win32", monkeypatch)
    monkeypatch.setenv("PROGRAMFILES", str(computer / "Program Files"))
    monkeypatch.setenv("LOCALAPPDATA", str(computer / "AppData"))
    for folder, name in WINDOWS.items():
        place = computer / ("AppData" if "Edge" in folder else "Program Files") / folder
        program(place / name, "exit 1")
        for entry in ("99.0.1.2", "156.0.8078.79", "Dictionaries", "chrome.VisualElements.xml"):
            (place / entry).mkdir()
    firefox = computer / "Program Files" / "Mozilla Firefox"
    (firefox / "application.ini").write_text("[App]\nName=Firefox\nVersion=153.0.1\n[Gecko]\n")
    assert [(found.name, found.version) for found in installed()] == [
        ("Chrome", "156.0.8078.79"),
        ("Edge", "156.0.8078.79"),
        ("Firefox", "153.0.1"),
    ]
