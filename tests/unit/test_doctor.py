"""What `doctor()` finds when this computer, its packages or its files are not as lessons need them.

Left out: a server that a route keeps busy (test_endless_routes.py).
"""

import ast
import os
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from classroom.display import hosted
from classroom.display.hosted import HOSTS
from classroom.doctor import doctor, front_end, kernel, machine, network, packages, rows, server
from classroom.server.server import Server
from minisrv.serve import peer_user
from tests.support.paths import NOTEBOOKS, ROOT

ROOM = [NOTEBOOKS / "classroom/__init__.py", *(NOTEBOOKS / "classroom/doctor").glob("*.py")]
ROOM.append(Path(hosted.__file__))
ALONE = [sys.executable, "-S", "-E", "-c"]  # without site-packages, so without any package


def test_all_is_well_here_and_each_row_is_one_sentence() -> None:
    table = doctor()
    found = {row["looked at"]: row["what to do"] for row in table}
    found.pop("the server of this notebook responds", None)
    assert set(found.values()) == {"nothing"}
    assert len(found) == 8


@pytest.mark.parametrize("path", ROOM, ids=lambda path: path.name)
def test_an_older_python_can_parse_it(path: Path) -> None:
    ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 8))


def test_the_packages_are_those_of_the_list_for_a_hub() -> None:
    lines = (ROOT / "requirements-hub.txt").read_text(encoding="utf-8").splitlines()
    names = [line.split("=")[0].rstrip(">") for line in lines if not line.startswith("#")]
    assert sorted(names) == sorted(kernel.MODULES)


def test_a_kernel_without_the_packages_says_which_to_choose_and_has_a_doctor() -> None:
    done = subprocess.run(
        [*ALONE, "from classroom import *"], cwd=NOTEBOOKS, capture_output=True, text=True
    )
    said = done.stderr.splitlines()[-1]
    assert said.startswith("classroom.doctor.kernel.WrongKernel: This kernel is Python 3.")
    assert f"({sys.executable}), and it has no argon2-cffi: close this Jupyter" in said
    code = "from classroom.doctor import doctor; print(doctor(everything=True))"
    done = subprocess.run([*ALONE, code], cwd=NOTEBOOKS, capture_output=True, text=True)
    assert done.stderr == ""
    assert "well: Python is 3.11 or newer\nnot well: the packages" in done.stdout
    assert "    argon2-cffi is missing: close" in done.stdout


def test_a_kernel_with_an_older_python_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 13))
    assert "and the lessons need Python 3.11 or newer: close this Jupyter" in kernel.wrong_kernel()
    assert rows.doctor()[0]["found"] == "not well"
    monkeypatch.setenv("JUPYTERHUB_API_URL", "http://127.0.0.1:8081/hub/api")
    assert "or ask the people who run a JupyterHub." in kernel.wrong_kernel()


def test_ipython_shows_the_sentence_alone() -> None:
    error = kernel.WrongKernel("This kernel is wrong.")
    assert error._render_traceback_() == ["WrongKernel: This kernel is wrong."]


@pytest.mark.parametrize(
    ("variable", "name", "step"),
    [
        ("COLAB_RELEASE_TAG", "Colab", "run %pip install -r"),
        ("BINDER_SERVICE_HOST", "Binder", "run %pip install -r"),
        ("JUPYTERHUB_API_URL", "a JupyterHub", "run %pip install -r"),
        ("VSCODE_PID", "VS Code", 'then "Select Another Kernel", "Python Environments", and '),
        ("OTHER", "Jupyter", "close this Jupyter, and start the course's own with "),
    ],
)
def test_each_front_end_has_its_own_step(
    monkeypatch: pytest.MonkeyPatch, variable: str, name: str, step: str
) -> None:
    monkeypatch.setenv(variable, "1")
    assert front_end.front_end() == name
    assert step in front_end.how_to_choose()
    assert (f"this runs on {name}: links" in server.own_browser()) is (name in HOSTS.values())


@pytest.mark.parametrize("own", ["jwt.py", "starlette/__init__.py", "secrets.py"])
def test_a_file_with_the_name_of_a_package_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, own: str
) -> None:
    file = tmp_path / own
    file.parent.mkdir(exist_ok=True)
    file.touch()
    monkeypatch.chdir(tmp_path)
    shown = tmp_path / own.split("/")[0]
    wanted = f"{shown} hides the package {shown.stem}: rename it, and restart the kernel"
    assert packages.hidden() == wanted
    assert kernel.wrong_kernel() == ("" if own == "secrets.py" else f"{wanted}.")


def test_a_module_that_comes_from_elsewhere_is_named(tmp_path: Path) -> None:
    (tmp_path / "bcrypt.py").touch()
    code = "from classroom.doctor.packages import hidden; print(hidden())"
    path = os.pathsep.join(map(str, (tmp_path, NOTEBOOKS)))
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
    )
    assert f"{tmp_path / 'bcrypt.py'} hides the package bcrypt: rename it" in done.stdout


def _distribution(folder: Path, name: str, version: str) -> None:
    made = folder / f"{name}-{version}.dist-info"
    made.mkdir()
    (made / "METADATA").write_text(f"Name: {name}\nVersion: {version}\n", encoding="utf-8")


def test_another_package_called_jwt_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _distribution(tmp_path, "jwt", "1.4.0")
    monkeypatch.syspath_prepend(tmp_path)
    assert packages.hidden().startswith("the package jwt hides PyJWT: ")


def test_an_older_package_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _distribution(tmp_path, "bcrypt", "4.0.1")
    monkeypatch.syspath_prepend(tmp_path)
    assert packages.versions().startswith("bcrypt is 4.0.1, and must be 5.0")
    monkeypatch.setattr(packages, "_is_ours", lambda: True)
    wanted = "bcrypt is 4.0.1, and must be 5.0.0: delete the folder .venv, and run "
    assert packages.versions().startswith(wanted)


@pytest.mark.skipif(sys.platform == "win32", reason="few users of Windows may make links")
def test_the_course_s_environment_is_known_by_another_path_to_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "course/.venv").mkdir(parents=True)
    (tmp_path / "other").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "course")
    monkeypatch.setattr(packages, "ROOT", tmp_path / "course")
    for prefix, ours in (("link/.venv", True), ("course/.venv", True), ("other", False)):
        monkeypatch.setattr(sys, "prefix", str(tmp_path / prefix))
        assert packages._is_ours() is ours


def test_an_old_sqlite_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sqlite3.sqlite_version_info", (3, 34, 0))
    assert packages.sqlite_version().startswith("it is 3.")
    monkeypatch.setitem(sys.modules, "sqlite3", None)
    assert packages.sqlite_version().startswith("this Python has no SQLite: install one")


@pytest.mark.parametrize("excused", ["", "127.0.0.1"])
def test_a_proxy_is_named_for_each_of_our_names(
    monkeypatch: pytest.MonkeyPatch, excused: str
) -> None:
    monkeypatch.setenv("http_proxy", "http://someone:hunter2@127.0.0.1:9")
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.setenv(name, excused)
    missed = network.NAMES[1 if excused else 0]
    wanted = f"it does for {missed}: run a cell with Server(), which goes around it"
    assert network.proxy() == wanted
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.setenv(name, "127.0.0.1,localhost,.localhost")
    assert network.proxy() == ""


def test_a_limit_of_a_container_counts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name, text in (("memory.max", "1000000000"), ("memory.current", "850000000")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(psutil, "virtual_memory", lambda: type("", (), {"available": 8 * 10**9}))
    assert machine.free_megabytes(tmp_path) == 150
    monkeypatch.setattr(machine, "free_megabytes", lambda: 150)
    assert machine.memory() == "only 150 MB are free: close other notebooks and programs"
    assert machine.memory_for_browsers().startswith("only 150 MB are free: shut down")


@pytest.mark.parametrize(
    ("written", "share"), [("50000 100000", "50 %"), ("max 100000", ""), ("200000 100000", "")]
)
def test_less_than_a_core_is_named(
    monkeypatch: pytest.MonkeyPatch, written: str, share: str
) -> None:
    monkeypatch.setattr(machine, "_read", lambda name: written)
    assert (share in machine.cores()) if share else (machine.cores() == "")


def test_a_hub_whose_system_knows_no_users_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUPYTERHUB_API_URL", "http://127.0.0.1:8081/hub/api")
    monkeypatch.setattr(peer_user, "can_say", lambda: False)
    wanted = (
        "other students of this hub may: store nothing real in it" if os.name == "posix" else ""
    )
    assert server.other_users() == wanted
    monkeypatch.setattr(peer_user, "can_say", lambda: True)
    assert server.other_users() == ""


def test_a_check_that_fails_is_a_row(monkeypatch: pytest.MonkeyPatch) -> None:
    def ill() -> str:
        """the doctor is well"""
        raise OSError("no hands")

    monkeypatch.setattr(rows, "ALWAYS", [ill])
    assert doctor()[-1]["what to do"] == "it could not be looked at (OSError: no hands)"


def test_without_a_server_it_says_how_to_start_one() -> None:
    assert Server.current is not None or "run the cell with server = Server()" in server.server()
