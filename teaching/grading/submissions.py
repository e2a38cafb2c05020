"""Find what students handed in: who, and which notebooks, with their code cells as text.

A student is a folder in FOLDER, with notebooks at any depth, or a notebook right in FOLDER. That is
how Moodle, Canvas and nbgrader unpack. Nothing is run here. Left out: archives, which are named.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import nbformat

from teaching.editions.sources import lessons
from teaching.grading.asked import all_asked, checked_in

LARGEST = 20 * 2**20  # bytes of a notebook; one with all its outputs has fewer than 1 MB
SKIPPED = (".ipynb_checkpoints", "__MACOSX")
ARCHIVES = (".zip", ".tar", ".gz", ".7z", ".rar")
# What a file's name has besides a person: of course.py reset, of JupyterLab, of a browser.
_MARKS = re.compile(
    r"(\.new|\.\d{4}-\d\d-\d\d(-\d+)?|[ _-]+copy *\d*|[ _-]*\(\d+\))+$", re.IGNORECASE
)
_MOODLE = re.compile(r"_\d+_assignsubmission_.*$")  # after the name, in a folder's or a file's


class BadFolder(ValueError):
    """There is nothing to judge; the text is one sentence with the next step."""


@dataclass(frozen=True)
class Notebook:
    """A notebook that was handed in; `problem` says why it cannot be read, or is empty."""

    path: Path
    cells: tuple[str, ...] = ()
    problem: str = ""

    @property
    def ids(self) -> list[str]:
        """The exercises of the course for which it has a check(...)."""
        found = checked_in("\n".join(self.cells))
        return [id for id in all_asked() if id in found]


@dataclass(frozen=True)
class Student:
    """A name, from a folder or a file, and what was handed in under it.

    `named` is False if the file is called like a lesson, and holds nobody's name.
    """

    name: str
    notebooks: tuple[Notebook, ...]
    named: bool = True


def students_in(folder: Path) -> list[Student]:
    """Return all students, by name. Raises BadFolder if there is none, or no such folder.

    Files with one name in front, such as ann-00-start-here and ann-02-salt, are one student's.
    """
    if not folder.is_dir():
        what = "is a file" if folder.exists() else "does not exist"
        raise BadFolder(f"{folder} {what}: name the folder that has one folder or file a student.")
    try:
        found: dict[str, Student] = {}
        for entry in sorted(folder.iterdir()):
            for one in _student(entry):
                before = found[one.name].notebooks if one.name in found else ()
                found[one.name] = replace(one, notebooks=before + one.notebooks)
    except PermissionError as error:
        raise BadFolder(f"{error.filename} may not be read: change its permissions.") from None
    if not found:
        raise BadFolder(
            f"{folder} has no notebook in it: put one folder or one .ipynb file a student there."
        )
    return _without_numbers(list(found.values()))


def _without_numbers(students: list[Student]) -> list[Student]:
    """Return them without what Moodle puts behind a name, unless two have that name."""
    short = [_MOODLE.sub("", one.name) for one in students]
    count = Counter(short)
    return [
        replace(one, name=name) if count[name] == 1 else one
        for one, name in zip(students, short, strict=True)
    ]


def _student(entry: Path) -> Iterator[Student]:
    if entry.name.startswith(".") or entry.name in SKIPPED:
        return
    if entry.is_dir():
        paths = [path for path in sorted(entry.rglob("*")) if _counts(path, entry)]
        yield Student(entry.name, tuple(map(read, paths)))
    elif _counts(entry, entry.parent):
        name = _name_without_lesson(entry)
        yield Student(name or entry.stem, (read(entry),), named=bool(name))


def _counts(path: Path, top: Path) -> bool:
    parts = path.relative_to(top).parts
    hidden = any(part.startswith(".") or part in SKIPPED for part in parts)
    return not hidden and path.suffix.lower() in (".ipynb", *ARCHIVES) and path.is_file()


def _name_without_lesson(path: Path) -> str:
    """Return "bob" for bob.ipynb, bob_02-salt (1).ipynb and 02-salt-bob.ipynb; "" for no name."""
    name = _MARKS.sub("", path.stem)
    for lesson in lessons():
        name = re.sub(rf"[ _-]*{re.escape(lesson.path.stem)}[ _-]*", "", name)
    return name


def read(path: Path) -> Notebook:
    """Return the notebook at `path`; one that cannot be read has no cells and a problem."""
    if path.suffix.lower() in ARCHIVES:
        return Notebook(path, problem=f"{path.name} is an archive: unpack it, then start again.")
    try:
        if path.stat().st_size > LARGEST:
            return Notebook(path, problem=f"{path.name} has more than {LARGEST // 2**20} MB.")
        text = path.read_text(encoding="utf-8-sig")
        notebook = nbformat.reads(text, as_version=4)
        cells = tuple(cell.source for cell in notebook.cells if cell.cell_type == "code")
    except (OSError, UnicodeDecodeError) as error:
        return Notebook(path, problem=f"{path.name} cannot be read: {error}.")
    except (json.JSONDecodeError, nbformat.reader.NotJSONError):
        return Notebook(path, problem=f"{path.name} is no JSON, so it is no notebook, or damaged.")
    except Exception as error:  # nbformat raises whatever a damaged notebook makes it stumble over
        kind = type(error).__name__
        return Notebook(path, problem=f"{path.name} is JSON, but no notebook ({kind}).")
    return Notebook(path, cells)
