"""Find the installed browsers: Chrome, Chromium, Edge and Firefox, in their usual places.

A second copy of the same browser, beta channels and Flatpak containers are not searched.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

VERSION = re.compile(r"\d+(\.\d+)+\w*")
SNAPS = Path("/snap/bin")  # on Ubuntu
APPLICATIONS = (Path("/Applications"), Path.home() / "Applications")  # on a Mac
SECONDS = 30  # for a program to print its version


@dataclass(frozen=True)
class Found:
    """A browser that is installed; `engine` is "chromium" or "firefox"."""

    name: str
    engine: str
    path: Path
    version: str


@dataclass(frozen=True)
class Known:
    """A browser that we can control, and where each system installs it."""

    name: str
    engine: str
    commands: tuple[str, ...]  # on Linux
    mac: str  # in a folder of applications
    windows: str  # in a folder of programs


BROWSERS = (
    Known(
        "Chrome",
        "chromium",
        ("google-chrome", "google-chrome-stable"),
        "Google Chrome.app/Contents/MacOS/Google Chrome",
        "Google/Chrome/Application/chrome.exe",
    ),
    Known(
        "Chromium",
        "chromium",
        ("chromium", "chromium-browser"),
        "Chromium.app/Contents/MacOS/Chromium",
        "Chromium/Application/chrome.exe",
    ),
    Known(
        "Edge",
        "chromium",
        ("microsoft-edge", "microsoft-edge-stable"),
        "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
        "Microsoft/Edge/Application/msedge.exe",
    ),
    Known(
        "Firefox",
        "firefox",
        ("firefox", "firefox-esr"),
        "Firefox.app/Contents/MacOS/firefox",
        "Mozilla Firefox/firefox.exe",
    ),
)


def installed() -> list[Found]:
    """Return the browsers that are installed, at most one of each name, within about 1 s."""
    return [found for known in BROWSERS if (found := _first(known))]


def first_of(engine: str) -> Found | None:
    """Return an installed browser with the engine "chromium" or "firefox", or None.

    The variable LAB_BROWSER can name one engine, so that the other counts as missing, or be "none".
    """
    if os.environ.get("LAB_BROWSER", engine) != engine:
        return None
    return next((one for one in installed() if one.engine == engine), None)


def _first(known: Known) -> Found | None:
    for path in _places(known):
        if path.is_file() and (version := _version(path)):
            return Found(known.name, known.engine, path, version)
    return None


def _places(known: Known) -> Iterator[Path]:
    """Yield the paths where this system may have the browser, the most likely one first."""
    if sys.platform == "win32":
        for variable in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
            if folder := os.environ.get(variable):
                yield Path(folder, known.windows)
    elif sys.platform == "darwin":
        yield from (folder / known.mac for folder in APPLICATIONS)
    for command in known.commands:
        yield SNAPS / command  # before the PATH, where a script only calls this one
        if path := shutil.which(command):
            yield Path(path)


def _version(path: Path) -> str:
    """Return the version that the program at `path` prints, or "" if it prints none."""
    if path.suffix == ".exe":  # with --version it would open a window
        return _written_version(path.parent)
    try:
        done = subprocess.run([path, "--version"], capture_output=True, timeout=SECONDS, text=True)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    version = VERSION.search(done.stdout)
    return version[0] if version and not done.returncode else ""


def _written_version(folder: Path) -> str:
    """Return the version that is written in the folder of a Windows program, or ""."""
    ini = folder / "application.ini"  # of Firefox; Chrome has a folder with its version as a name
    if ini.is_file():
        versions = re.findall(r"^Version=(.+)$", ini.read_text(encoding="utf-8"), re.MULTILINE)
    else:
        versions = [entry.name for entry in folder.iterdir() if VERSION.fullmatch(entry.name)]
    # During an update there are two. Compare as numbers: 99 comes before 156.
    return max(versions, key=lambda one: [int(n) for n in re.findall(r"\d+", one)], default="")
