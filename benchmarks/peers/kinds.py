"""The peers as kinds of servers, and their packages, installed apart from the project's own.

Left out: updates of the packages. Delete the folder, and they are installed again.
"""

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.servers import Kind
from benchmarks.targets import DEFAULT_POOL, FASTAPI_USERS
from minisrv.pools import usable_cores

HERE = Path(__file__).parent
FOLDER = HERE.parent / ".peers"
ARGUMENTS = ("{port}", "{database}", "{cost}")
WINDOWS = sys.platform == "win32"  # where gunicorn does not run: it forks
GUNICORN = ("--bind", "127.0.0.1:{port}", "--env", "PEER_DATABASE={database}")
GUNICORN += ("--env", "PEER_COST={cost}", "benchmarks.peers.with_django")
DJANGO_ADDRESSES = "SELECT username FROM auth_user"
INSTALL_SECONDS = 900


def peers(folder: Path = FOLDER) -> tuple[list[Kind], list[str]]:
    """Return the peers that can run here, and a sentence for each that cannot, and why."""
    kinds = [_variant("event loop", "on-the-loop"), _variant(DEFAULT_POOL, "default-pool")]
    notes = []
    for install in (_python, _node):
        try:
            kinds += install(folder)
        except (OSError, subprocess.SubprocessError, LookupError) as error:
            notes.append(f"Skipped: {error}")
    return kinds, notes


def _variant(name: str, variant: str) -> Kind:
    command = (sys.executable, "-m", "benchmarks.peers.minisrv_variants", variant, *ARGUMENTS)
    return Kind(name, command)


def _python(folder: Path) -> list[Kind]:
    """Install the Python peers and return them; LookupError: it did not work."""
    wanted, venv = HERE / "requirements.txt", folder / "venv"
    python = str(venv / ("Scripts/python.exe" if WINDOWS else "bin/python"))
    make = (sys.executable, "-m", "venv", "--clear", str(venv))
    pip = (python, "-m", "pip", "install", "--disable-pip-version-check", "-r", str(wanted))
    _install("fastapi-users, Django and Flask", folder / "python.log", wanted, [make, pip])
    own, workers = "benchmarks.peers", str(usable_cores())
    fastapi = (python, "-m", f"{own}.with_fastapi_users", *ARGUMENTS)
    flask = (python, "-m", f"{own}.with_flask", *ARGUMENTS)
    django = (python, "-m", "gunicorn", "--preload", "--workers", workers, *GUNICORN)
    return [
        Kind(FASTAPI_USERS, fastapi, "SELECT email FROM user"),
        Kind("Flask, waitress", flask),
        *([] if WINDOWS else [Kind(f"Django, {workers} workers", django, DJANGO_ADDRESSES)]),
    ]


def _node(folder: Path) -> list[Kind]:
    """Install the tutorial's way in Node and return it; LookupError: it did not work."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not (node and npm):
        raise LookupError("Express, for Node and npm are not installed here.")
    place = shutil.copytree(HERE / "express", folder / "express", dirs_exist_ok=True)
    install = (npm, "install", "--prefix", str(place), "--no-package-lock", "--ignore-scripts")
    install += ("--no-audit", "--no-fund")
    _install("Express", folder / "node.log", place / "package.json", [install])
    return [Kind("Express, hashSync", (node, str(place / "server.js"), *ARGUMENTS))]


def _install(names: str, log: Path, wanted: Path, commands: Sequence[Sequence[str]]) -> None:
    """Run the commands unless they did their work before, for the same `wanted`."""
    stamp = log.with_suffix(".installed")
    if stamp.exists() and stamp.read_bytes() == wanted.read_bytes():
        return
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as said:
        for command in commands:
            options = {"stdout": said, "stderr": said, "timeout": INSTALL_SECONDS}
            if subprocess.run(command, **options).returncode:
                raise LookupError(f"{names}, whose packages could not be installed; see {log}.")
    stamp.write_bytes(wanted.read_bytes())
