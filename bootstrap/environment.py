"""Makes .venv from the lock, once, and makes it anew when it no longer fits.

Leaves out conda and Binder, which read environment.yml.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from bootstrap.advice import advice
from bootstrap.installer import install
from bootstrap.variables import variables

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.txt"
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "course-stamp"  # written last: a .venv without it is half-made


class SetUpFailed(Exception):
    """The environment could not be made; the text is one sentence with the next step."""


def set_up() -> None:
    """Makes .venv unless a finished one fits; raises SetUpFailed."""
    try:
        said = "" if fits() else make()
    except (OSError, subprocess.CalledProcessError) as error:
        said = getattr(error, "output", None) or str(error)
        complain(said)
    if said:
        raise SetUpFailed(advice(said))


def fits() -> bool:
    """Whether .venv is finished and made for this lock, Python and folder."""
    return PYTHON.exists() and STAMP.is_file() and STAMP.read_text("utf-8") == fingerprint()


def fingerprint() -> str:
    """A digest of the lock, this Python and this folder; .venv fits until one of them changes.

    The Python beneath an activated environment counts, so that activating .venv changes nothing.
    """
    parts = (LOCK.read_text("utf-8"), sys.version, sys.base_prefix, str(ROOT))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def make() -> str:
    """Tries the installers until one has filled .venv; gives the last one's complaint, or ""."""
    said = ""
    for installer in installers():
        said = install([*installer, "--require-hashes", "--only-binary", ":all:"], LOCK)
        if not said:
            STAMP.write_text(fingerprint(), "utf-8")
            print("The environment is ready.", flush=True)
            break
        complain(said)
    return said


def installers() -> Iterator[list[str]]:
    """Makes .venv and gives a command that can fill it: uv's if there is one, then pip's.

    pip is tried after uv, too: a network's settings are often known to pip alone.
    """
    version = sys.version.split()[0]
    if uv := shutil.which("uv"):
        print(f"Making {VENV} with Python {version} and uv ...", flush=True)
        empty()
        yield [uv, "pip", "install", "--python", str(PYTHON)]
    print(f"Making {VENV} with Python {version} and pip, about a minute ...", flush=True)
    empty()
    run(str(PYTHON), "-I", "-m", "ensurepip", "--default-pip")
    yield [str(PYTHON), "-m", "pip", "install", "--no-input", "--progress-bar", "off"]


def empty() -> None:
    """Makes .venv without any package, in place of whatever is there."""
    if VENV.is_symlink() or VENV.is_file():
        VENV.unlink()
    STAMP.unlink(missing_ok=True)
    run(sys.executable, "-m", "venv", "--clear", "--without-pip", str(VENV))


def run(*command: str) -> None:
    """Runs a command in silence; raises CalledProcessError with what it said."""
    done = subprocess.run(command, env=variables(), capture_output=True, errors="replace")
    if done.returncode:
        said = (done.stdout + done.stderr).strip()
        raise subprocess.CalledProcessError(done.returncode, " ".join(command), said)


def complain(said: str) -> None:
    """Prints the end of what an installer said: its reason stands there, among long lines."""
    for line in said.splitlines()[-4:]:
        print("  " + line.strip()[:200], file=sys.stderr)
