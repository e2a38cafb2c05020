"""course.py in a folder of its own, with an empty lock: what it makes, and what it prints.

Left out: the real lock, which is what these tests run in, and Windows.
"""

import ast
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bootstrap import commands, lab_settings
from bootstrap.commands import COMMANDS
from bootstrap.installer import install
from bootstrap.variables import settings_of_pip, variables
from tests.support.paths import ROOT

UNOBTAINABLE = "no-such-package-of-the-course==1.0 --hash=sha256:" + "0" * 64 + "\n"
SERVER = "import os, sys; print(os.environ.get('PIP_TARGET'), sys.argv[1:]); sys.exit(7)"


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the bootstrap in a folder whose name has a space and an é, set up."""
    folder = tmp_path_factory.mktemp("somebody's") / "léçons d'été"
    (folder / "notebooks").mkdir(parents=True)  # Python 3.15 complains of a path that is not there
    shutil.copy(ROOT / "course.py", folder)
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "bootstrap", folder / "bootstrap", ignore=ignored)
    (folder / "requirements.txt").write_text("# nothing\n", "utf-8")
    (folder / "requirements-test.txt").write_text("# nothing more\n", "utf-8")
    (folder / "minisrv.py").write_text(SERVER, "utf-8")
    done = run(folder, "setup", PIP_TARGET="elsewhere", PYTHONPATH="elsewhere")
    assert done.returncode == 0, done.stderr
    assert "The environment is ready." in done.stdout
    return folder


def run(
    folder: Path, *arguments: str, cwd: Path | None = None, **more: str
) -> subprocess.CompletedProcess[str]:
    """Run course.py of that folder, called in `cwd`, offline, with pip alone: no uv on the path."""
    path = os.pathsep.join([str(Path(sys.executable).parent), "/usr/bin", "/bin"])
    environment = os.environ | {"PIP_NO_INDEX": "1", "PATH": path} | more
    command = [sys.executable, str(folder / "course.py"), *arguments]
    return subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, encoding="utf-8", timeout=120
    )


def stamp(folder: Path) -> Path:
    return folder / ".venv" / "course-stamp"


def test_set_up_again_does_nothing_and_says_nothing(course: Path) -> None:
    before = stamp(course).stat().st_mtime_ns
    done = run(course, "setup")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert stamp(course).stat().st_mtime_ns == before
    assert not (course / "elsewhere").exists()


def test_options_and_the_exit_status_pass_through(course: Path) -> None:
    done = run(course, "serve", "--port", "9", PIP_TARGET="elsewhere")
    assert (done.returncode, done.stdout) == (7, "None ['--port', '9']\n")


def test_a_folder_that_a_command_names_is_meant_where_it_was_called(
    course: Path, tmp_path: Path
) -> None:
    tool = course / "teaching" / "editions"
    tool.mkdir(parents=True)
    (course / "teaching" / "__init__.py").write_bytes((ROOT / "teaching/__init__.py").read_bytes())
    say = "import sys; from teaching import from_where_called as f; print(f(sys.argv[-1]))"
    (tool / "__main__.py").write_text(say, "utf-8")
    for name in ("live", "solved", "book", "slides"):
        done = run(course, name, "--to", "für Montag", cwd=tmp_path)
        assert (done.stdout, done.stderr) == (f"{tmp_path / 'für Montag'}\n", "")


def test_jupyterlab_opens_the_notebook_that_is_there_where_it_was_called(course: Path) -> None:
    """And its terminals, in other folders, do not have that folder."""
    mine = course / "mine"
    mine.mkdir()
    (mine / "own.ipynb").touch()
    show = "import os, sys; print(sys.argv[-1]); print(os.environ.get('COURSE_CALLED_FROM'))"
    (course / "jupyterlab.py").write_text(show, "utf-8")
    own = os.path.join("mine", "own.ipynb")
    named = {"own.ipynb": own, str(mine / "own.ipynb"): own, "notebooks/03.ipynb": None}
    for name, opened in named.items():
        done = run(course, name, cwd=mine, COURSE_CALLED_FROM="of an outer course.py")
        assert done.stdout.splitlines()[-2:] == [opened or name, "None"], done.stderr


def test_a_notebook_outside_of_the_course_is_refused_with_the_next_step(
    course: Path, tmp_path: Path
) -> None:
    (tmp_path / "own.ipynb").touch()
    done = run(course, "own.ipynb", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"{tmp_path / 'own.ipynb'} is outside of the course's folder.")
    assert str(course) in done.stderr and done.stderr.count("\n") == 1


@pytest.mark.slow
def test_what_tests_need_is_added_once_when_tests_are_run(course: Path) -> None:
    before = stamp(course).read_text("utf-8")
    leftover = course / ".venv" / "leftover"
    leftover.touch()
    (course / "pytest.py").write_text("import sys; print(sys.argv[1:])", "utf-8")
    done = run(course, "test", "-q")
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "['-q']"), done.stderr
    assert "what the tests need" in done.stdout and leftover.exists()
    assert before in stamp(course).read_text("utf-8")
    assert run(course, "setup", "--tests").stdout == run(course, "setup").stdout == ""


@pytest.mark.slow
def test_tests_that_cannot_be_installed_leave_the_lessons_as_they_are(course: Path) -> None:
    before = stamp(course).read_text("utf-8")
    lock = course / "requirements-test.txt"
    lock.write_text(UNOBTAINABLE, "utf-8")
    done = run(course, "setup", "--tests")
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].endswith("then run the same command again.")
    assert stamp(course).read_text("utf-8") == before
    lock.write_text("# nothing more\n", "utf-8")


@pytest.mark.slow
def test_another_lock_makes_another_environment(course: Path) -> None:
    leftover = course / ".venv" / "leftover"
    leftover.touch()
    (course / "requirements.txt").write_text("# still nothing\n", "utf-8")
    assert run(course, "setup").returncode == 0
    assert not leftover.exists()


@pytest.mark.slow
def test_what_cannot_be_installed_ends_in_one_sentence_and_no_stamp(course: Path) -> None:
    lock = course / "requirements.txt"
    before = lock.read_text("utf-8")
    lock.write_text(UNOBTAINABLE, "utf-8")
    done = run(course, "setup")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert done.stderr.splitlines()[-1].endswith("then run the same command again.")
    assert not stamp(course).exists()
    lock.write_text(before, "utf-8")  # the next test makes the environment again


@pytest.mark.slow
def test_a_half_made_environment_is_made_again(course: Path) -> None:
    stamp(course).unlink(missing_ok=True)  # the test before has left it half-made
    done = run(course, "setup")
    assert done.returncode == 0 and "The environment is ready." in done.stdout
    assert stamp(course).exists()


def test_an_unknown_command_is_told_which_there_are(course: Path) -> None:
    done = run(course, "tset")
    assert done.returncode == 2
    assert "There is no command tset" in done.stderr and "course.py test" in done.stderr


def test_help_sets_nothing_up(tmp_path: Path) -> None:
    done = run(ROOT, "--help")
    assert done.returncode == 0
    assert [line.split()[2] for line in done.stdout.splitlines()] == list(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_a_command_sets_nothing_up(tmp_path: Path, name: str) -> None:
    shutil.copy(ROOT / "course.py", tmp_path)
    shutil.copytree(ROOT / "bootstrap", tmp_path / "bootstrap")
    for lock in ("requirements.txt", "requirements-test.txt"):
        (tmp_path / lock).write_text(UNOBTAINABLE, "utf-8")
    done = run(tmp_path, name, "--help")
    assert (done.returncode, done.stderr) == (0, "")
    first, *more = done.stdout.splitlines()
    assert first.endswith(COMMANDS[name].does)
    assert len(more) == bool(COMMANDS[name].module)
    assert not (tmp_path / ".venv").exists()


def test_the_help_of_a_command_has_all_options_once_it_is_set_up(course: Path) -> None:
    done = run(course, "serve", "--help", PIP_TARGET="elsewhere")
    assert done.returncode == 7
    assert done.stdout.splitlines()[-1] == "None ['--help']"
    assert "Making" not in done.stdout


@pytest.mark.parametrize(
    ("arguments", "meant"),
    [
        ([], ("lab", [])),
        (["--no-browser"], ("lab", ["--no-browser"])),
        (["--port", "8899"], ("lab", ["--port", "8899"])),
        (["notebooks/03-hash.ipynb"], ("lab", ["notebooks/03-hash.ipynb"])),
        (["test", "-m", "slow"], ("test", ["-m", "slow"])),
        (["--help"], ("--help", [])),
        (["tset", "-x"], ("tset", ["-x"])),
    ],
)
def test_options_without_a_command_are_for_jupyterlab(arguments, meant) -> None:
    assert commands.named(arguments) == meant


def test_the_first_lesson_is_opened_unless_another_one_is_named() -> None:
    (option,) = commands.lesson("lab", ["--no-browser"])
    assert option.endswith(f"/{commands.FIRST_LESSON}")
    assert (ROOT / "notebooks" / commands.FIRST_LESSON).is_file()
    assert commands.lesson("lab", ["notebooks/03-hash.ipynb"]) == []
    assert commands.lesson("serve", []) == []


@pytest.mark.parametrize(
    ("folders", "opened"),
    [
        (["notebooks", "my-lessons"], ["--LabApp.default_url=/lab/tree/my-lessons/{}"]),
        (["notebooks"], ["--LabApp.default_url=/lab/tree/notebooks/{}"]),
        ([], []),
    ],
)
def test_the_students_own_copy_is_opened_if_there_is_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, folders: list[str], opened: list[str]
) -> None:
    monkeypatch.setattr(commands, "ROOT", tmp_path)
    for folder in folders:
        (tmp_path / folder).mkdir()
        (tmp_path / folder / commands.FIRST_LESSON).touch()
    assert commands.lesson("lab", []) == [one.format(commands.FIRST_LESSON) for one in opened]


@pytest.mark.parametrize("copied", [0, 1])
def test_jupyterlab_starts_after_the_copies_are_made_or_could_not_be(
    monkeypatch: pytest.MonkeyPatch, copied: int
) -> None:
    started: list[str] = []

    def start(command: list[str]) -> int:
        started.append(command[0])
        return copied if command == ["teaching.editions.my_lessons"] else 0

    monkeypatch.setattr(commands, "set_up", lambda **_: None)
    monkeypatch.setattr(commands, "start", start)
    assert commands.main([]) == 0
    assert started == ["teaching.editions.my_lessons", "jupyterlab"]


def test_a_set_up_says_how_jupyterlab_opens_a_text_also_in_a_venv_that_is_there(
    course: Path,
) -> None:
    file = course / ".venv" / lab_settings.PLACE
    for _ in range(2):
        assert json.loads(file.read_text("utf-8")) == lab_settings.SETTINGS
        file.write_text("{}", "utf-8")
        assert run(course, "setup").returncode == 0


def test_the_packages_of_the_course_are_found_from_any_folder(course: Path, tmp_path: Path) -> None:
    python = course / ".venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    (course / "notebooks" / "classroom").mkdir(parents=True)
    ask = "import classroom, minisrv, sys; print(len(sys.argv))"
    (course / "minisrv.py").write_text("", "utf-8")
    done = subprocess.run([python, "-c", ask], cwd=tmp_path, capture_output=True, encoding="utf-8")
    (course / "minisrv.py").write_text(SERVER, "utf-8")
    assert (done.returncode, done.stdout) == (0, "1\n"), done.stderr


def test_an_old_python_is_told_so_politely() -> None:
    source = (ROOT / "course.py").read_text("utf-8")
    ast.parse(source, feature_version=(3, 0))
    pretend = "import sys; sys.version_info = (3, 8, 20); exec(sys.stdin.read())"
    command = [sys.executable, "-c", pretend]
    done = subprocess.run(command, input=source, capture_output=True, encoding="utf-8")
    assert done.returncode == 1
    assert "The course needs Python 3.11 or newer" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_what_leads_out_of_the_environment_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PYTHONHOME", "PYTHONPATH", "PIP_TARGET", "UV_SYSTEM_PYTHON", "JUPYTER_PATH"):
        monkeypatch.setenv(name, "elsewhere")
    for name in ("PIP_NEW_OPTION", "PIP_USE_FEATURE", "UV_NEW_OPTION"):
        monkeypatch.setenv(name, "elsewhere")
    kept = {"HTTPS_PROXY": "http://proxy.example", "PIP_CERT": "c.pem", "UV_INDEX_X_USERNAME": "u"}
    for name, value in kept.items():
        monkeypatch.setenv(name, value)
    found = variables()
    assert "elsewhere" not in found.values()
    assert kept.items() <= found.items() and found["PYTHONUTF8"] == "1"


def test_of_pip_s_files_only_what_is_about_fetching_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = "[global]\ntarget = elsewhere\ncert = my file.pem\nindex-url = https://a.example\n"
    settings += "[install]\nindex-url = https://b.example\ndry-run = true\n"
    settings += "trusted-host =\n    c.example\n    d.example\nuse-feature = truststore\n"
    (tmp_path / "pip.conf").write_text(settings, "utf-8")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "other.pem")
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", str(tmp_path / "pip.conf"))
    found = settings_of_pip([sys.executable, "-m", "pip"])
    assert found["PIP_CONFIG_FILE"] == os.devnull
    assert (found["PIP_CERT"], found["PIP_USE_FEATURE"]) == ("my file.pem", "truststore")
    assert "REQUESTS_CA_BUNDLE" not in found  # which would count more than the certificate
    assert found["PIP_INDEX_URL"] == "https://b.example"
    assert found["PIP_TRUSTED_HOST"] == "c.example d.example"
    assert not {"PIP_TARGET", "PIP_DRY_RUN"} & set(found)


@pytest.mark.parametrize("status", [3, -9])
def test_an_installer_that_ends_without_a_word_has_failed(status: int, tmp_path: Path) -> None:
    (tmp_path / "lock").write_text("", "utf-8")
    ending = f"import os, sys; os.kill(os.getpid(), 9) if {status} < 0 else sys.exit({status})"
    said = install([sys.executable, "-c", ending], tmp_path / "lock", dict(os.environ))
    assert said == f"The installer ended with status {status}."


def test_root_starts_jupyterlab_on_this_machine_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0, raising=False)
    assert commands.as_root("lab", []) == ["--allow-root", "--ServerApp.ip=127.0.0.1"]
    assert commands.as_root("lab", ["--ip=0.0.0.0"]) == []
    assert commands.as_root("lab", ["--ip", "0.0.0.0"]) == commands.as_root("serve", []) == []
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    assert commands.as_root("lab", []) == []
