"""What can be known before anything is downloaded: this Python, this machine, this folder.

Each objection is one sentence with the next step. Left out: home.py has the home folder, and
advice.py what an installer says later.
"""

import importlib
import os
import platform
import re
import shutil
import sys
import sysconfig
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

OLDEST, NEWEST = (3, 11), (3, 15)  # the packages of the lock have wheels for these
SQLITE = (3, 35)  # the server's statements have RETURNING (sqlite.org/lang_returning.html)
PLATFORMS = r"win-(amd64|arm64)|linux-(x86_64|aarch64)|macosx-.*-(x86_64|arm64|universal2)"
GLIBC = (2, 28)  # the manylinux tag that all wheels of the lock fit
LONGEST_PATH = 165  # characters of the longest path below the root, with Windows' .venv
WINDOWS_PATH = 259  # characters of the longest path there (learn.microsoft.com, MAX_PATH)
SPACE = 400  # MB that .venv and an installer's work take
# What the course needs of the standard library, and the Debian package to build it with.
MODULES = {
    "sqlite3": "libsqlite3-dev",
    "ssl": "libssl-dev",
    "ctypes": "libffi-dev",
    "zlib": "zlib1g-dev",
}
START = "and start course.py with it."
AGAIN = "then run the same command again."


@dataclass(frozen=True)
class Machine:
    """What the checks look at; the defaults are a machine that fits."""

    version: tuple[int, int] = (3, 13)
    implementation: str = "cpython"
    platform: str = "linux-x86_64"  # as sysconfig names it: the interpreter's, not the processor's
    bits: int = 64
    glibc: tuple[int, ...] = ()  # empty where there is none
    missing: tuple[str, ...] = ()  # modules of MODULES that cannot be imported
    sqlite: tuple[int, ...] = (3, 46)
    root: str = "/home/ada/course"
    separator: str = ":"  # between the folders of PATH
    runs_programs: bool = True  # False: mounted noexec
    long_paths: bool = True  # False: Windows as it is installed
    free: int = 10_000  # MB


def this_machine(root: Path) -> Machine:
    """Return what is so here, with the course in `root`."""
    missing = tuple(name for name in MODULES if not imports(name))
    sqlite = () if "sqlite3" in missing else importlib.import_module("sqlite3").sqlite_version_info
    kind, release = platform.libc_ver()
    return Machine(
        version=sys.version_info[:2],
        implementation=sys.implementation.name,
        platform=sysconfig.get_platform(),
        bits=64 if sys.maxsize > 2**32 else 32,
        glibc=tuple(map(int, release.split(".")[:2])) if kind == "glibc" else (),
        missing=missing,
        sqlite=sqlite,
        root=str(root),
        separator=os.pathsep,
        runs_programs=not is_noexec(root),
        long_paths=has_long_paths(),
        # An old .venv is deleted first, so its space counts; how much it is takes long to find out.
        free=SPACE if (root / ".venv").exists() else shutil.disk_usage(root).free // 1_000_000,
    )


def imports(name: str) -> bool:
    """Return True if a module can be imported; a Python may be built without it."""
    try:
        importlib.import_module(name)
    except ImportError:
        return False
    return True


def is_noexec(folder: Path) -> bool:
    """Return True if the file system of a folder lets no program run, as Linux can be told to."""
    flag = getattr(os, "ST_NOEXEC", 0)
    return bool(flag and os.statvfs(folder).f_flag & flag)


def has_long_paths() -> bool:
    """Return False on a Windows that limits the length of paths, which is its default."""
    if os.name != "nt":
        return True
    import winreg

    place = r"SYSTEM\CurrentControlSet\Control\FileSystem"
    try:
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, place) as key:
            return winreg.QueryValueEx(key, "LongPathsEnabled")[0] == 1
    except OSError:
        return False


def objections(machine: Machine) -> Iterator[str]:
    """Yield a sentence with the next step for each reason why the course cannot run here."""
    yield from of_python(machine)
    yield from of_built(machine)
    yield from of_folder(machine)


def of_python(machine: Machine) -> Iterator[str]:
    """Yield what is against this Python: no wheels of the lock are for it."""
    this, kind = words(machine.version), machine.platform
    other = f"install one from https://www.python.org/downloads/ {START}"
    if machine.implementation != "cpython":
        yield f"The course needs CPython, and this Python is {machine.implementation}: {other}"
    if machine.version > NEWEST:
        wanted = f"Python {words(OLDEST)} to {words(NEWEST)}"
        yield f"The course needs {wanted}, and this is Python {this}: {other}"
    if kind == "win-arm64" and machine.version < (3, 12):
        yield f"On Windows on ARM the course needs Python 3.12 or newer, not {this}: {other}"
    if machine.bits == 32:
        yield (
            "This Python has 32 bits, and the packages of the course need 64: install a 64-bit "
            f"Python (on a Raspberry Pi, the 64-bit system) {START}"
        )
    elif not re.fullmatch(PLATFORMS, kind):
        yield (
            "The packages of the course are for Linux, macOS and Windows on x86-64 and ARM64, and "
            f"this Python is for {kind}: on such a machine, {other}"
        )
    if machine.glibc and machine.glibc < GLIBC:
        yield (
            f"This Linux has glibc {words(machine.glibc)}, and the packages of the course need "
            f"{words(GLIBC)}: use a newer Linux, {AGAIN}"
        )


def of_built(machine: Machine) -> Iterator[str]:
    """Yield what is against this Python because of how it was built."""
    other = f"or use another Python {START}"
    if machine.missing:
        packages = " ".join(MODULES[name] for name in machine.missing)
        yield (
            f"This Python cannot import {' and '.join(machine.missing)}: build it again with what "
            f"that needs (Debian, Ubuntu: sudo apt install {packages}), {other}"
        )
    if machine.sqlite and machine.sqlite < SQLITE:
        yield (
            f"This Python's SQLite is {words(machine.sqlite)}, and the course needs "
            f"{words(SQLITE)} or newer: install a Python that brings its own, with conda or uv, "
            f"{START}"
        )


def of_folder(machine: Machine) -> Iterator[str]:
    """Yield what is against the course's folder."""
    if machine.separator in machine.root:
        yield (
            f"The path {machine.root} has a {machine.separator!r} in it, which no environment may "
            f"have: rename that folder, {AGAIN}"
        )
    if not machine.runs_programs:
        yield (
            f"The disk of {machine.root} lets no program run (it is mounted noexec): copy the "
            f"course to another disk, {AGAIN}"
        )
    room = WINDOWS_PATH - LONGEST_PATH - 1
    if not machine.long_paths and len(machine.root) > room:
        yield (
            f"The path {machine.root} has {len(machine.root)} characters, and this Windows lets it "
            f"have {room}: move the course to a shorter one, such as C:\\course, {AGAIN}"
        )
    if machine.free < SPACE:
        yield (
            f"The disk of {machine.root} has {machine.free} MB left, and the course needs "
            f"{SPACE} MB: make room, {AGAIN}"
        )


def words(version: tuple[int, ...]) -> str:
    """Return a version with its dots: (3, 35) -> '3.35'."""
    return ".".join(map(str, version))
