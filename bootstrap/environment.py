"""Make .venv from a lock, and make it again when it no longer fits.

Left out: conda and Binder, which read environment.yml.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from bootstrap import ROOT, lab_settings, path_file
from bootstrap.advice import advice
from bootstrap.before import objections, this_machine
from bootstrap.installer import install
from bootstrap.path_file import packages_of
from bootstrap.variables import settings_of_pip, variables
from bootstrap.wheels import given

LOCK = ROOT / "requirements.txt"  # what the lessons need
TEST_LOCK = ROOT / "requirements-test.txt"  # the same, the tests, and PostgreSQL's driver
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STRICT = ("--require-hashes", "--only-binary", ":all:")
STAMP = VENV / "course-stamp"  # written last: a .venv without it is half-made


class SetUpFailed(Exception):
    """The environment could not be made; the text is one sentence with the next step."""


def set_up(tests: bool = False) -> None:
    """Make .venv unless a finished one fits, with the tests if asked, or raise SetUpFailed."""
    lock = TEST_LOCK if tests else LOCK
    try:
        said = "" if fits(lock) else make(lock)
        if not said:
            path_file.write(packages_of(VENV))
            lab_settings.write(VENV)
    except (OSError, subprocess.CalledProcessError) as error:
        said = getattr(error, "output", None) or str(error)
        complain(said)
    if said:
        raise SetUpFailed(advice(said))


def fits(lock: Path) -> bool:
    """Return True if .venv is finished, and has this lock, this Python and this folder."""
    finished = PYTHON.exists() and STAMP.is_file()
    return finished and fingerprint(lock) in STAMP.read_text("utf-8").split()


def fingerprint(lock: Path) -> str:
    """Return a digest of a lock, this Python and this folder; .venv fits while it is the same.

    The Python beneath an activated environment counts, so that activating .venv changes nothing.
    """
    parts = (lock.read_text("utf-8"), sys.version, sys.base_prefix, str(ROOT))
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogateescape")).hexdigest()


def make(lock: Path) -> str:
    """Try the installers until one has filled .venv; return what the last one printed, or "".

    What the tests need is added to a .venv that fits the lessons. What is known to fail is not
    tried.
    """
    if reason := next(objections(this_machine(ROOT)), ""):
        raise SetUpFailed(reason)
    afresh, said = not fits(LOCK), ""
    for source in sources():
        for installer, settings in installers(afresh):
            said = install([*installer, *source, *STRICT], lock, settings) or look(lock)
            if not said:
                STAMP.write_text("\n".join({fingerprint(LOCK), fingerprint(lock)}), "utf-8")
                print("The environment is ready.", flush=True)
                return ""
            complain(said)
    return said


def sources() -> Iterator[list[str]]:
    """Yield options that say where packages come from: a folder of wheels, then the network."""
    if folder := given():
        print(f"Taking the packages from {folder} ...", flush=True)
        yield ["--no-index", "--find-links", str(folder)]
        print(f"{folder} is not enough for this Python and system; trying the network ...")
    yield []


def installers(afresh: bool) -> Iterator[tuple[list[str], dict[str, str]]]:
    """Yield the commands that can fill .venv, and their variables: uv's if there is one, pip's.

    For each, .venv is made `afresh`, or else kept. pip is also tried if uv fails, because often
    pip alone has the settings of a network, and uv's files may lead past .venv.
    """
    doing = f"Making {VENV}" if afresh else f"Adding to {VENV} what the tests need,"
    doing += f" with Python {sys.version.split()[0]}"
    if uv := shutil.which("uv"):
        print(f"{doing} and uv ...", flush=True)
        if afresh:
            empty()
        yield [uv, "pip", "install", "--python", str(PYTHON)], variables()
    print(f"{doing} and pip, one to three minutes ...", flush=True)
    if afresh:
        empty()
    run(str(PYTHON), "-I", "-m", "ensurepip", "--default-pip")
    pip = [str(PYTHON), "-m", "pip"]
    yield [*pip, "install", "--no-input", "--progress-bar", "off"], settings_of_pip(pip)


def look(lock: Path) -> str:
    """Return what .venv lacks of the lock, or cannot load of it, or "" if all is well."""
    command = [str(PYTHON), "-I", "-X", "utf8", str(ROOT / "bootstrap" / "look.py"), str(lock)]
    done = subprocess.run(command, env=variables(), capture_output=True, encoding="utf-8")
    if done.returncode == 0:
        return ""
    return f"{done.stderr}{done.stdout}The look at .venv ended with status {done.returncode}."


def empty() -> None:
    """Make .venv without any package, in place of what is there."""
    if VENV.is_symlink() or VENV.is_file():
        VENV.unlink()
    STAMP.unlink(missing_ok=True)
    run(sys.executable, "-m", "venv", "--clear", "--without-pip", str(VENV))


def run(*command: str) -> None:
    """Run a command without output, or raise CalledProcessError with what it printed."""
    done = subprocess.run(command, env=variables(), capture_output=True, errors="replace")
    if done.returncode:
        said = (done.stdout + done.stderr).strip()
        raise subprocess.CalledProcessError(done.returncode, " ".join(command), said)


def complain(said: str) -> None:
    """Print the end of what an installer printed: the reason is there, among long lines."""
    for line in said.splitlines()[-4:]:
        print("  " + line.strip()[:200], file=sys.stderr)
