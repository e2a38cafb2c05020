"""A notebook's text as it is committed: outputs that the tests call equal stay as they were.

Left out: where the earlier notebook comes from (execute_notebooks.py, steady_notebooks.py).
"""

import re
from collections.abc import Mapping
from configparser import ConfigParser

import nbformat
from nbformat import NotebookNode

from tests.plugins.outputs import comparable, difference, joined
from tests.support.paths import ROOT

RULES = ConfigParser()
RULES.read(ROOT / "tests" / "nbval_sanitize.cfg", encoding="utf-8")
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
NEW_EVERY_TIME = ("execution", "jp-MarkdownHeadingCollapsed")  # when a cell ran; what is folded


def read(text: str) -> NotebookNode:
    """Return the notebook that `text` holds, or raise nbformat.reader.NotJSONError."""
    return nbformat.reads(text, as_version=4)


def written(notebook: NotebookNode) -> str:
    """Return the text of a notebook, without what its editor and its Python write into it."""
    for cell in notebook.cells:
        for name in NEW_EVERY_TIME:
            cell.metadata.pop(name, None)
    notebook.metadata = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    return nbformat.writes(notebook) + "\n"


def equal(before: list[Mapping], now: list[Mapping]) -> bool:
    """Return True if the tests would call these outputs of a cell equal."""
    both = ([comparable(one, sanitized) for one in joined(outputs)] for outputs in (before, now))
    return difference(*both) is None


def sanitized(value: object) -> object:
    """Return a text without what nbval_sanitize.cfg takes out; anything else as it is."""
    if isinstance(value, str):
        for rule in RULES.sections():
            value = re.sub(RULES[rule]["regex"], RULES[rule]["replace"], value)
    return value
