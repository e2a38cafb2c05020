"""Defaults for the JupyterLab of an environment: a text opens as a page, and no question comes.

A user's own settings count more. The file is where JupyterLab looks for defaults
(jupyterlab.readthedocs.io, "Advanced Usage", overrides). course.py writes it into .venv; in another
environment (conda, Binder) run `python -m bootstrap.lab_settings` once.
"""

import json
import sys
from pathlib import Path

PLACE = Path("etc", "jupyter", "labconfig", "default_setting_overrides.json")
SETTINGS = {
    # Each lesson links to words.md: readers want the page and not its source.
    "@jupyterlab/docmanager-extension:plugin": {"defaultViewers": {"markdown": "Markdown Preview"}},
    # Else JupyterLab asks, over the first lesson, if it may fetch news from the Web.
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false"},
}


def write(environment: Path) -> None:
    """Write the file into `environment`, such as .venv, unless it is there as it should be."""
    file, content = environment / PLACE, json.dumps(SETTINGS, indent=2) + "\n"
    if not file.is_file() or file.read_text("utf-8") != content:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, "utf-8")


if __name__ == "__main__":
    write(Path(sys.prefix))
