"""Download the packages of a lock into a folder, and find that folder when .venv is made.

A class with a slow network, or none, is set up from it: the folder `wheels` beside course.py, or
the one that COURSE_WHEELS names. `course.py wheels FOLDER` runs this file in .venv.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from bootstrap import ROOT
from bootstrap.advice import advice
from bootstrap.before import NEWEST, OLDEST, words
from bootstrap.installer import install
from bootstrap.variables import settings_of_pip

GLIBC = ("28", "27", "26", "24", "17", "12", "5")
LATEST = 99  # a version such as 3.11 stands for the latest of its releases
OLD_NAMES = ("manylinux2014", "manylinux2010", "manylinux1")


class System(NamedTuple):
    """A system as the markers of a lock (PEP 508) and the tags of wheels (PEP 425) name it."""

    sys_platform: str
    platform_system: str
    os_name: str
    platform_machine: str
    tags: tuple[str, ...]


def linux(machine: str) -> System:
    """Return a Linux with glibc 2.28 or newer."""
    tags = [*(f"manylinux_2_{minor}" for minor in GLIBC), *OLD_NAMES]
    return System("linux", "Linux", "posix", machine, tuple(f"{tag}_{machine}" for tag in tags))


SYSTEMS = {
    "windows": System("win32", "Windows", "nt", "AMD64", ("win_amd64",)),
    "windows-arm": System("win32", "Windows", "nt", "ARM64", ("win_arm64",)),
    "macos": System("darwin", "Darwin", "posix", "arm64", ("macosx_12_0_arm64",)),
    "macos-intel": System("darwin", "Darwin", "posix", "x86_64", ("macosx_12_0_x86_64",)),
    "linux": linux("x86_64"),
    "linux-arm": linux("aarch64"),
}


def given() -> Path | None:
    """Return the folder of wheels to install from, or None if there is none."""
    named = os.environ.get("COURSE_WHEELS")
    folder = Path(named).resolve() if named else ROOT / "wheels"
    if named and not folder.is_dir():
        print(f"COURSE_WHEELS names {folder}, which is no folder, so it is not used.", flush=True)
    return folder if folder.is_dir() else None


def main(arguments: list[str]) -> int:
    """Download as the arguments say, print where the packages are, and return an exit status."""
    options = parsed(arguments)
    folder = Path(os.environ.get("COURSE_CALLED_FROM", "."), options.folder).resolve()
    if folder.is_file():
        print(f"{folder} is a file: name a folder for the packages.", file=sys.stderr)
        return 1
    lock = ROOT / ("requirements-test.txt" if options.tests else "requirements.txt")
    if find_spec("pip") is None:  # uv made .venv
        subprocess.run([sys.executable, "-I", "-m", "ensurepip"], capture_output=True)
    print(f"Downloading packages into {folder} ...", flush=True)
    if said := downloaded(folder, lock, options.system, options.python):
        print("\n".join(said.splitlines()[-4:]), advice(said), sep="\n", file=sys.stderr)
        return 1
    wheels = list(folder.glob("*.whl"))
    size = sum(wheel.stat().st_size for wheel in wheels) // 1_000_000
    print(f"{len(wheels)} packages, {size} MB, are in {folder}.")
    print("Copy that folder, as wheels, beside course.py: the set-up then needs no network.")
    return 0


def parsed(arguments: list[str]) -> argparse.Namespace:
    """Return the folder, the system, the Python and whether the tests' packages are wanted."""
    versions = [f"3.{minor}" for minor in range(OLDEST[1], NEWEST[1] + 1)]
    parser = argparse.ArgumentParser(
        "course.py wheels",
        description="Download all packages, for set-ups without a network.",
        epilog="course.py installs from the folder `wheels` beside it, or from the one that the "
        "environment variable COURSE_WHEELS names.",
    )
    parser.add_argument("folder", help="where the packages go; call again for another system")
    parser.add_argument("--system", choices=SYSTEMS, help="for another system than this one")
    parser.add_argument("--python", choices=versions, help="for another Python; needs --system")
    parser.add_argument("--tests", action="store_true", help="also what the tests need")
    options = parser.parse_args(arguments)
    if options.python and not options.system:
        parser.error("--python needs --system, as which packages are needed depends on both")
    return options


def downloaded(folder: Path, lock: Path, system: str | None, python: str | None) -> str:
    """Download the packages of a lock; return what pip printed last if it failed, or ""."""
    pip = [sys.executable, "-m", "pip"]
    command = [*pip, "download", "--no-input", "--progress-bar", "off", "--dest", str(folder)]
    command += ["--no-deps", "--require-hashes", "--only-binary", ":all:"]
    settings = settings_of_pip(pip)
    if system is None:
        return install(command, lock, settings)
    version = python or words(sys.version_info[:2])
    for tag in SYSTEMS[system].tags:
        command += ["--platform", tag]
    command += ["--python-version", f"{version}.{LATEST}", "--implementation", "cp"]
    with tempfile.TemporaryDirectory() as temporary:
        theirs = Path(temporary) / "requirements.txt"
        text = lock_for(lock.read_text("utf-8"), SYSTEMS[system], version)
        theirs.write_text(text, "utf-8")
        return install(command, theirs, settings)


def lock_for(lock: str, system: System, version: str) -> str:
    """Return the text of a lock with only those packages that a system and a Python need.

    pip compares the markers with the Python that it runs in, so they are compared here.
    """
    from packaging.markers import Marker

    there = system._asdict() | {
        "python_version": version,
        "python_full_version": f"{version}.{LATEST}",
    }
    there |= {"implementation_name": "cpython", "platform_python_implementation": "CPython"}
    del there["tags"]
    kept = []
    for entry in re.split(r"^(?=[\w.-]+(?:\[[\w,-]+\])?==)", lock, flags=re.MULTILINE)[1:]:
        pin, _, marker = entry.partition("\n")[0].rstrip(" \\").partition(" ; ")
        if not marker or Marker(marker).evaluate(there):
            kept.append(" ".join([pin, *re.findall(r"--hash=\S+", entry)]))
    return "\n".join(kept) + "\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
