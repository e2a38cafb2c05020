"""The commands of course.py: what each one starts, and its exit status.

A further command is one more line of COMMANDS. Left out: how the environment is made
(environment.py).
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from bootstrap.environment import LOCK, PYTHON, ROOT, TEST_LOCK, SetUpFailed, fits, set_up
from bootstrap.variables import variables

PYTHON_HERE = "py" if os.name == "nt" else "python3"
HELP = ("-h", "--help")
ALL_OPTIONS = "Its --help lists all options once the course is set up: {} course.py setup"
OUTSIDE = "{} is outside of the course's folder. Copy it into {}, and open it there."
FIRST_LESSON = "00-start-here.ipynb"
FOLDERS = ("my-lessons", "notebooks")  # the student's own copies; the sources, if there are none


class Command(NamedTuple):
    """What `course.py NAME OPTIONS` runs, as `python -m MODULE … OPTIONS` in .venv."""

    module: tuple[str, ...]  # a module and its first options; empty: nothing after the set-up
    options: str  # what --help shows after the name
    does: str  # what --help says of it
    tests: bool = False  # the set-up includes what only the tests need
    before: str = ""  # a module that is run first; the command goes on if that fails


COMMANDS = {
    # The root, not notebooks/, as JupyterLab's folder: the server's source is there to be read.
    "lab": Command(
        (
            "jupyterlab",
            f"--ServerApp.root_dir={ROOT}",
            # A preferred folder of the user's configuration, outside this root, would stop it.
            "--FileContentsManager.preferred_dir=",
        ),
        "[options of JupyterLab]",
        "open your copy of the first lesson; it is the command if none is named",
        before="teaching.editions.my_lessons",
    ),
    "reset": Command(
        ("teaching.editions.reset",),
        "LESSON",
        "give a lesson back as it was, such as 03; your copy is kept under another name",
    ),
    "slides": Command(
        ("teaching.editions", "slides"),
        "LESSON",
        "make slides of a lesson, such as 02, and open them",
    ),
    "book": Command(
        ("teaching.editions", "book"),
        "[--to FOLDER]",
        "make a web site of all lessons, which needs no network, and open it",
    ),
    "live": Command(
        ("teaching.editions", "live"),
        "[LESSON ...] [--to FOLDER]",
        "for teachers: make the lessons to type, and to run, in front of a class",
    ),
    "solved": Command(
        ("teaching.editions", "solved"),
        "[LESSON ...] [--to FOLDER]",
        "for teachers: make the lessons with all exercises solved and all cells run",
    ),
    "test": Command(("pytest",), "[options of pytest]", "run all tests and notebooks", tests=True),
    "report": Command(
        ("teaching.grading",), "FOLDER", "judge what students handed in (INSTRUCTORS.md)"
    ),
    "board": Command(
        ("teaching.board",),
        "[--port 8090] [--host ADDRESS]",
        "for teachers: show how many have done each exercise, of those who switch it on",
    ),
    "serve": Command(
        ("minisrv",),
        "[options of minisrv]",
        "run the server alone; paths in its options start at the course's folder",
    ),
    "wheels": Command(
        ("bootstrap.wheels",),
        "FOLDER",
        "download the packages, for set-ups without a network; see wheels --help",
    ),
    "setup": Command(
        (), "[--tests]", "only set up; --tests adds the tests and PostgreSQL's driver"
    ),
}


def main(arguments: list[str]) -> int:
    """Run the command that `arguments` name and return its exit status; print what went wrong."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    sys.stdout.reconfigure(errors="replace")  # a code page may lack a letter of the folder's name
    name, options = named(arguments)
    if name in (*HELP, "help"):
        print(usage())
        return 0
    if name not in COMMANDS:
        print(f"There is no command {name}. The commands are:\n{usage()}", file=sys.stderr)
        return 2
    if set(options) & set(HELP):
        return help_on(name, options)
    try:
        options = [from_here(name, option) for option in options]
    except ValueError as problem:
        print(problem, file=sys.stderr)
        return 2
    try:
        set_up(tests=COMMANDS[name].tests or (name == "setup" and "--tests" in options))
    except SetUpFailed as failure:
        print(failure, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    command = COMMANDS[name]
    if command.before:
        start([command.before])
    if not command.module:
        return 0
    return start([*command.module, *lesson(name, options), *as_root(name, options), *options])


def named(arguments: list[str]) -> tuple[str, list[str]]:
    """Return the command and its options; options or a notebook alone are meant for `lab`."""
    first = arguments[0] if arguments else "-"
    if first not in HELP and (first.startswith("-") or first.endswith(".ipynb")):
        return "lab", arguments
    return first, arguments[1:]


def help_on(name: str, options: list[str]) -> int:
    """Print what a command does, and all its options if .venv is there; nothing is installed."""
    command = COMMANDS[name]
    print(usage([name]), flush=True)
    if not command.module:
        return 0
    if fits(TEST_LOCK if command.tests else LOCK):
        return start([*command.module, *options])
    print(ALL_OPTIONS.format(PYTHON_HERE) + (" --tests" if command.tests else ""))
    return 0


def usage(names: Iterable[str] = COMMANDS) -> str:
    """Return the text of --help, a line for each command."""
    calls = {name: f"{name} {COMMANDS[name].options}".strip() for name in names}
    width = max(map(len, calls.values()))
    lines = [
        f"{PYTHON_HERE} course.py {call:<{width}}  {COMMANDS[name].does}"
        for name, call in calls.items()
    ]
    return "\n".join(lines)


def lesson(name: str, options: list[str]) -> list[str]:
    """Return what makes JupyterLab open the first lesson, unless the options name another."""
    if name != "lab" or any(option.endswith(".ipynb") for option in options):
        return []
    there = [folder for folder in FOLDERS if (ROOT / folder / FIRST_LESSON).is_file()]
    # An address rather than a file: the address printed with --no-browser leads there, too.
    return [f"--LabApp.default_url=/lab/tree/{there[0]}/{FIRST_LESSON}"] if there else []


def from_here(name: str, option: str) -> str:
    """Return the notebook that JupyterLab is to open as it is meant where course.py was called.

    It is given relative to ROOT. A name that is no file here is meant so already. Raises ValueError
    if the file is outside of ROOT: JupyterLab opens only what is inside.
    """
    if name != "lab" or not option.endswith(".ipynb") or not os.path.isfile(option):
        return option
    file, root = Path(option).resolve(), ROOT.resolve()
    if not file.is_relative_to(root):
        raise ValueError(OUTSIDE.format(file, root))
    return str(file.relative_to(root))


def as_root(name: str, options: list[str]) -> list[str]:
    """Return what lets root start JupyterLab, on this machine's own address.

    In containers there is often no other user. If the options name an address, JupyterLab decides.
    """
    given = {option.partition("=")[0] for option in options}
    addressed = given & {"--ip", "--ServerApp.ip", "--allow-root", "--ServerApp.allow_root"}
    if name != "lab" or addressed or getattr(os, "geteuid", lambda: 1)() != 0:
        return []
    print("You are root, so what a notebook runs may change all of this system.", flush=True)
    return ["--allow-root", "--ServerApp.ip=127.0.0.1"]


def start(command: list[str]) -> int:
    """Run a module with its options in .venv until it ends, and return its exit status.

    It is a child process: `exec` would detach it from the console on Windows.
    """
    # The terminal sends Ctrl-C to both; the child decides (JupyterLab asks back), we wait for it.
    signal.signal(signal.SIGINT, lambda *_: None)
    # A module that takes the name of a folder finds here what the name is relative to.
    environment = variables() | {"COURSE_CALLED_FROM": os.getcwd()}
    if command[0] == "jupyterlab":  # its terminals, in other folders, would have it, too
        del environment["COURSE_CALLED_FROM"]
    with subprocess.Popen([PYTHON, "-m", *command], cwd=ROOT, env=environment) as child:
        try:
            return child.wait()
        finally:
            child.terminate()  # it still runs only if we were told to stop
