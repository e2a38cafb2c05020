"""Machines on which set-ups failed: pip's files, an odd Python, no home, JupyterLab's files.

The lock has one small package, and its wheel is made from what is installed here.
"""

import hashlib
import importlib.metadata
import json
import os
import shutil
import ssl
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import HTTPServer, SimpleHTTPRequestHandler
from pathlib import Path
from threading import Thread

import pytest
import trustme

from bootstrap import commands, home
from tests.support.paths import ROOT

POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows has its own homes and Pythons")
START = """
import signal, sys
from bootstrap import commands
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
commands.PYTHON = sys.executable
command = [*commands.COMMANDS["lab"].module, *commands.as_root("lab", [])]
sys.exit(commands.start([*command, "--no-browser", "--ServerApp.port=0"]))
"""


def course(folder: Path) -> Path:
    """Make a course with a lock of one package, and the folder of wheels to install it from."""
    shutil.copy(ROOT / "course.py", folder)
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "bootstrap", folder / "bootstrap", ignore=ignored)
    (folder / "wheels").mkdir()
    version = importlib.metadata.version("packaging")
    wheel = folder / "wheels" / f"packaging-{version}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for file in importlib.metadata.files("packaging"):
            if "__pycache__" not in file.parts and ".." not in file.parts:
                archive.write(file.locate(), str(file))
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    lock = f"packaging=={version} \\\n    --hash=sha256:{digest}\n"
    for name in ("requirements.txt", "requirements-test.txt"):
        (folder / name).write_text(lock, "utf-8")
    return folder


def set_up(folder: Path, python: str = sys.executable, **more: str):
    """Run `course.py setup` there with pip alone, and return what it printed and its status."""
    path = os.pathsep.join([str(Path(sys.executable).parent), "/usr/bin", "/bin"])
    return subprocess.run(
        [python, str(folder / "course.py"), "setup"],
        env=os.environ | {"PATH": path, "PIP_NO_INDEX": "1"} | more,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
    )


@pytest.fixture(scope="module")
def misled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess]:
    """A course and its set-up, where uv fills nothing and pip's files lead elsewhere."""
    place = tmp_path_factory.mktemp("misled")
    uv = place / "bin" / ("uv.bat" if os.name == "nt" else "uv")
    uv.parent.mkdir()
    uv.write_text("@exit /b 0\n" if os.name == "nt" else "#!/bin/sh\n", "utf-8")
    uv.chmod(0o755)
    settings = f"[global]\ntarget = {place / 'elsewhere'}\n"
    settings += "[install]\ndry-run = true\nconstraint = missing\n"
    (place / "pip.conf").write_text(settings, "utf-8")
    folder = place / "course"
    folder.mkdir()
    path = os.pathsep.join([str(uv.parent), os.environ["PATH"]])
    return folder, set_up(course(folder), PATH=path, PIP_CONFIG_FILE=str(place / "pip.conf"))


@pytest.mark.slow
def test_files_of_pip_that_lead_elsewhere_are_overruled(misled) -> None:
    folder, done = misled
    assert done.returncode == 0 and "The environment is ready." in done.stdout, done.stderr
    assert list(folder.glob(".venv/**/packaging/requirements.py"))
    assert not (folder.parent / "elsewhere").exists()


@pytest.mark.slow
def test_an_installer_that_puts_all_elsewhere_is_found_out(misled) -> None:
    """A uv that succeeds and fills nothing, as with a target in its file; then pip does it."""
    _, done = misled
    assert "packaging is not in .venv" in done.stderr
    assert done.returncode == 0 and "and pip, one to three minutes" in done.stdout


class Quiet(SimpleHTTPRequestHandler):
    """A folder over HTTP; its list of files is one that pip can read as an index."""

    def log_message(self, *_: object) -> None:
        """Print nothing."""


@contextmanager
def index(folder: Path, authority: trustme.CA) -> Iterator[str]:
    """Serve a folder over TLS with a certificate of that authority, and yield the address."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    server = HTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder))
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"https://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.weekly
def test_a_network_that_looks_into_tls_needs_its_certificate_and_then_it_works(
    tmp_path: Path,
) -> None:
    folder = course(tmp_path)
    (folder / "simple").mkdir()
    (folder / "wheels").rename(folder / "simple" / "packaging")
    organisation = trustme.CA()
    trusted, other = tmp_path / "l'autorité.pem", tmp_path / "other.pem"
    organisation.cert_pem.write_to_path(trusted)
    trustme.CA().cert_pem.write_to_path(other)
    with index(folder, organisation) as address:
        network = {"PIP_INDEX_URL": f"{address}/simple/", "PIP_NO_INDEX": "0", "PIP_RETRIES": "0"}
        network |= {"PIP_CONFIG_FILE": os.devnull}  # those of this machine may name more indexes
        refused = set_up(folder, **network, PIP_CERT=str(other))
        assert refused.returncode == 1 and not (folder / ".venv" / "course-stamp").exists()
        assert "not trusted" in refused.stderr.splitlines()[-1]
        assert "set PIP_CERT to the file" in refused.stderr.splitlines()[-1]
        older = {"REQUESTS_CA_BUNDLE": str(other), "CURL_CA_BUNDLE": str(other)}
        done = set_up(folder, **network, **older, PIP_CERT=str(trusted))
    assert done.returncode == 0 and "The environment is ready." in done.stdout, done.stderr


@pytest.mark.slow
@POSIX
def test_a_python_built_without_sqlite_is_told_so_before_anything_is_made(tmp_path: Path) -> None:
    name = f"python{sysconfig.get_python_version()}"
    (tmp_path / "bin").mkdir()
    shutil.copy(Path(sys.base_exec_prefix) / "bin" / name, tmp_path / "bin")
    ignored = shutil.ignore_patterns("_sqlite3.*", "site-packages", "dist-packages", "test")
    library = sysconfig.get_path("stdlib", vars={"installed_base": sys.base_prefix})
    copied = tmp_path / "lib" / name
    shutil.copytree(library, copied, ignore=ignored, copy_function=os.symlink)
    folder = tmp_path / "course"
    folder.mkdir()
    done = set_up(course(folder), python=str(tmp_path / "bin" / name))
    assert done.returncode == 1 and not (folder / ".venv").exists()
    assert "cannot import sqlite3" in done.stderr and "libsqlite3-dev" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def lab_says(environment: dict[str, str], **user: int) -> str:
    """Start JupyterLab as course.py does; return what it prints until it runs, or ends."""
    command = [sys.executable, "-c", START]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment | {"PYTHONDONTWRITEBYTECODE": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        **user,
    ) as child:
        said = ""
        for line in child.stdout:
            said += line
            if "is running at" in line:
                break
        child.terminate()
    return said


@pytest.mark.weekly
@POSIX
def test_jupyterlab_starts_without_a_home(tmp_path: Path) -> None:
    """As a user of no name if we are root, who may do anything."""
    user = {"user": 54321, "group": 54321} if os.geteuid() == 0 and readable() else {}
    (tmp_path / "file").touch()
    place = str(tmp_path / "file" / "home")  # below a file nobody can make one
    homes, reason = ({}, "This user has no") if user else ({"HOME": place}, "There is no")
    said = lab_says({"PATH": os.environ["PATH"]} | homes, **user)
    assert f"{reason} home folder" in said and ", so settings are kept in " in said
    assert "is running at" in said and "Traceback" not in said, said


def readable() -> bool:
    """Return True if any user may read the course and run this Python."""
    paths = {*ROOT.parents, *Path(sys.executable).resolve().parents, *Path(sys.prefix).parents}
    return all(folder.stat().st_mode & 0o5 == 0o5 for folder in paths)


@pytest.mark.weekly
@pytest.mark.parametrize("where", ["ServerApp", "FileContentsManager"])
def test_jupyterlab_starts_with_a_preferred_folder_elsewhere(tmp_path: Path, where: str) -> None:
    settings = {where: {"preferred_dir": str(tmp_path)}}
    (tmp_path / "jupyter_server_config.json").write_text(json.dumps(settings), "utf-8")
    said = lab_says(os.environ | {"JUPYTER_CONFIG_DIR": str(tmp_path)})
    assert "is running at" in said, said
    assert "--FileContentsManager.preferred_dir=" in commands.COMMANDS["lab"].module


@pytest.mark.weekly
@pytest.mark.skipif(getattr(os, "geteuid", lambda: 1)() != 0, reason="needs root")
def test_jupyterlab_starts_as_root() -> None:
    said = lab_says(dict(os.environ))
    assert "You are root" in said
    assert "is running at" in said, said


@POSIX
def test_a_home_that_cannot_be_written_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert home.objection() == ""
    (tmp_path / ".jupyter").mkdir()
    monkeypatch.setattr(os, "access", lambda path, mode: path.name != ".jupyter")
    assert home.objection() == f"The folder {tmp_path / '.jupyter'} cannot be written"
    monkeypatch.setenv("HOME", str(tmp_path / "missing"))
    assert home.objection() == f"There is no home folder {tmp_path / 'missing'}"
