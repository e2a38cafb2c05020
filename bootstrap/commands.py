"""The four commands of course.py: what each one starts, and its exit status.

Left out: how the environment is made (environment.py).
"""

import signal
import subprocess
import sys

from bootstrap.environment import PYTHON, ROOT, SetUpFailed, set_up
from bootstrap.variables import variables

USAGE = """\
python3 course.py [lab] [options of JupyterLab]   set up, then open the first lesson
python3 course.py test [options of pytest]        set up, then run all tests and notebooks
python3 course.py serve [options of minisrv]      set up, then run the server alone
python3 course.py setup                           only set up
On Windows: py course.py ..."""
FIRST_LESSON = "notebooks/00-start-here.ipynb"
COMMANDS = {
    # The root, not notebooks/, as JupyterLab's folder: the server's source is there to be read.
    "lab": ["jupyterlab", f"--ServerApp.root_dir={ROOT}", "--LabApp.news_url=None"],
    "test": ["pytest"],
    "serve": ["minisrv"],
    "setup": [],
}


def main(arguments: list[str]) -> int:
    """Run the command that `arguments` name and return its exit status; print what went wrong."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    sys.stdout.reconfigure(errors="replace")  # a code page may lack a letter of the folder's name
    name, *options = arguments or ["lab"]
    if name in ("-h", "--help", "help"):
        print(USAGE)
        return 0
    if name not in COMMANDS:
        print(f"There is no command {name}. The commands are:\n{USAGE}", file=sys.stderr)
        return 2
    try:
        set_up()
    except SetUpFailed as failure:
        print(failure, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    return start(COMMANDS[name] + lesson(name, options) + options) if COMMANDS[name] else 0


def lesson(name: str, options: list[str]) -> list[str]:
    """Return the notebook that JupyterLab opens, unless the options name another."""
    named = any(option.endswith(".ipynb") for option in options)
    return [FIRST_LESSON] if name == "lab" and not named else []


def start(command: list[str]) -> int:
    """Run a module with its options in .venv until it ends, and return its exit status.

    It is a child process: `exec` would detach it from the console on Windows.
    """
    # The terminal sends Ctrl-C to both; the child decides (JupyterLab asks back), we wait for it.
    signal.signal(signal.SIGINT, lambda *_: None)
    with subprocess.Popen([PYTHON, "-m", *command], cwd=ROOT, env=variables()) as child:
        try:
            return child.wait()
        finally:
            child.terminate()  # it still runs only if we were told to stop
