"""What a notebook refers to, from the folder in which its copy lies.

A copy has words.md and the pictures beside it. All else, such as data/README.md, stays where it is,
and the copy's links lead there.
"""

import os
import re
from pathlib import Path
from urllib.parse import quote

from nbformat import NotebookNode

from teaching import NOTEBOOKS
from teaching.editions.sources import Lesson

# ](target) of Markdown, href="target" of HTML, and the line that says where classroom is
TARGET = re.compile(r'(\]\(|href="|sys\.path\.insert\(0, ")(\.\.[^)"\s]*)')


def repointed(notebook: NotebookNode, lesson: Lesson, folder: Path) -> NotebookNode:
    """Return the notebook with links that are right for its copy in `folder`."""
    here = (folder / lesson.file).parent
    for cell in notebook.cells:
        cell.source = TARGET.sub(
            lambda match: match[1] + _from(here, match[2], lesson, match[1]), cell.source
        )
    return notebook


def _from(here: Path, target: str, lesson: Lesson, before: str) -> str:
    """Return `target`, a link of the lesson, as seen from `here`; `before` stands before it."""
    file, mark, place = target.partition("#")
    meant = Path(os.path.normpath(lesson.path.parent / file))
    if meant.is_relative_to(NOTEBOOKS) and meant != NOTEBOOKS:
        return target  # it is beside the copy, too
    try:
        seen = Path(os.path.relpath(meant, here.absolute())).as_posix()
        # A link ends at a blank; a folder on sys.path is written as it is.
        return (seen if before.startswith("sys.path") else quote(seen)) + mark + place
    except ValueError:  # on another drive of Windows
        return meant.as_uri() + mark + place
