"""What course.py says before it downloads anything: of this Python, this machine, this folder."""

import os
import re
import tomllib
from dataclasses import replace
from importlib.metadata import distributions
from types import SimpleNamespace

import pytest

from bootstrap import before
from bootstrap.before import Machine, objections, this_machine
from tests.support.paths import ROOT

FITS = Machine()
WINDOWS = replace(FITS, platform="win-amd64", separator=";", root="C:\\course")


@pytest.mark.parametrize(
    ("machine", "problem", "step"),
    [
        (replace(FITS, implementation="pypy"), "is pypy", "python.org"),
        (replace(FITS, version=(3, 16)), "3.11 to 3.15, and this is Python 3.16", "python.org"),
        (
            replace(WINDOWS, platform="win-arm64", version=(3, 11)),
            "Python 3.12 or newer, not 3.11",
            "python.org",
        ),
        (replace(WINDOWS, platform="win32", bits=32), "has 32 bits", "64-bit Python"),
        # A 32-bit Python on a 64-bit kernel, as on a Raspberry Pi, is named for the kernel.
        (replace(FITS, platform="linux-aarch64", bits=32), "has 32 bits", "64-bit system"),
        (replace(FITS, platform="linux-riscv64"), "is for linux-riscv64", "on such a machine"),
        (replace(WINDOWS, platform="mingw_x86_64_ucrt"), "mingw_x86_64_ucrt", "python.org"),
        (replace(FITS, glibc=(2, 17)), "has glibc 2.17", "newer Linux"),
        (
            replace(FITS, missing=("sqlite3", "ctypes")),
            "cannot import sqlite3 and ctypes",
            "apt install libsqlite3-dev libffi-dev",
        ),
        (replace(FITS, sqlite=(3, 26, 0)), "SQLite is 3.26.0", "with conda or uv"),
        (replace(FITS, root="/home/ada/c:web"), "has a ':' in it", "rename"),
        (replace(WINDOWS, root="C:\\a;b"), "has a ';' in it", "rename"),
        (replace(FITS, runs_programs=False), "noexec", "another disk"),
        (
            replace(WINDOWS, root="C:\\" + "x" * 91, long_paths=False),
            "has 94 characters, and this Windows lets it have 93",
            "C:\\course",
        ),
        (replace(FITS, free=300), "has 300 MB left", "make room"),
    ],
)
def test_each_objection_names_the_problem_and_the_next_step(machine, problem, step) -> None:
    (said,) = objections(machine)
    assert problem in said.partition(": ")[0] and step in said.partition(": ")[2]
    assert said.endswith((before.AGAIN, before.START)) and said.count(". ") == 0


@pytest.mark.parametrize(
    "machine",
    [
        FITS,
        WINDOWS,
        replace(FITS, version=(3, 11), glibc=(2, 28), sqlite=(3, 35, 0), free=before.SPACE),
        replace(FITS, version=before.NEWEST, platform="linux-aarch64"),
        replace(FITS, platform="macosx-10.13-universal2"),
        replace(FITS, platform="macosx-14.0-arm64"),
        replace(WINDOWS, platform="win-arm64", version=(3, 12)),
        replace(WINDOWS, root="C:\\" + "x" * 90, long_paths=False),
        replace(WINDOWS, root="C:\\" + "x" * 91, long_paths=True),
    ],
)
def test_nothing_is_said_against_a_machine_that_fits(machine) -> None:
    assert list(objections(machine)) == []


def test_nothing_is_said_against_the_machine_that_runs_the_tests() -> None:
    assert list(objections(this_machine(ROOT))) == []


def test_a_module_that_cannot_be_imported_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(before.MODULES, "no_such_module_of_the_course", "a-package")
    assert this_machine(ROOT).missing == ("no_such_module_of_the_course",)


@pytest.mark.skipif(not hasattr(os, "ST_NOEXEC"), reason="a flag of Linux")
def test_a_disk_without_programs_is_recognized(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not before.is_noexec(ROOT)
    monkeypatch.setattr(os, "statvfs", lambda _: SimpleNamespace(f_flag=os.ST_NOEXEC | 1))
    assert before.is_noexec(ROOT)


def test_the_versions_are_those_that_pyproject_promises() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    versions = re.findall(r"Python :: (3)\.(\d+)", "\n".join(project["classifiers"]))
    numbers = [tuple(map(int, version)) for version in versions]
    assert (numbers[0], numbers[-1]) == (before.OLDEST, before.NEWEST)


def test_no_file_of_a_package_has_a_longer_path_than_is_reckoned_with() -> None:
    """pip writes them below .venv\\Lib\\site-packages, and their data files below .venv."""
    inside = len(".venv\\Lib\\site-packages\\")
    names = [str(file) for found in distributions() for file in found.files or ()]
    longest = max(inside + len(name) for name in names if not name.startswith(".."))
    assert before.LONGEST_PATH - 15 <= longest <= before.LONGEST_PATH
