"""The executed notebooks from which all editions are made, in the order of the course.

Left out: what the cells of a lesson are for (parts.py).
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from teaching import NOTEBOOKS

if TYPE_CHECKING:
    from nbformat import NotebookNode


class NoSuchLesson(LookupError):
    """No lesson has this name; the text is a sentence with the nearest names."""


@dataclass(frozen=True, order=True)
class Lesson:
    """A notebook; `file` is its path from notebooks/ with "/", such as "deeper/06-keys.ipynb"."""

    file: str

    @property
    def path(self) -> Path:
        """Where the executed notebook is."""
        return NOTEBOOKS / self.file

    @property
    def name(self) -> str:
        """The path without its ending, such as "03-hash" or "deeper/06-keys"."""
        return self.file.removesuffix(".ipynb")

    @property
    def number(self) -> str:
        """The two digits of the lesson; a deeper notebook has those of its core lesson."""
        return self.path.name[:2]

    @property
    def deeper(self) -> bool:
        """True for a deeper notebook, False for a core lesson."""
        return self.file.startswith("deeper/")

    @property
    def title(self) -> str:
        """The words of its first heading after the number, such as "Hash"."""
        heading = self.read().cells[0].source.partition("\n")[0]
        return heading.partition(" · ")[2]

    def read(self) -> NotebookNode:
        """Return a notebook of its own for each caller, with outputs, in nbformat 4."""
        return deepcopy(_read(self.path, self.path.stat().st_mtime_ns))


@cache
def _read(path: Path, written_at: int) -> NotebookNode:
    """Return the notebook that was written at this time, for all who ask for it."""
    import nbformat  # it takes a moment, and a list of lessons needs none of it

    return nbformat.read(path, as_version=4)


def core() -> list[Lesson]:
    """Return the core lessons, 00 first."""
    return [Lesson(path.name) for path in sorted(NOTEBOOKS.glob("*.ipynb"))]


def deeper() -> list[Lesson]:
    """Return the deeper notebooks, by number and name."""
    paths = sorted((NOTEBOOKS / "deeper").glob("*.ipynb"))
    return [Lesson(f"deeper/{path.name}") for path in paths]


def lessons() -> list[Lesson]:
    """Return all lessons: the core ones, then the deeper ones."""
    return core() + deeper()


def find(name: str) -> Lesson:
    """Return the lesson that `name` means, or raise NoSuchLesson.

    A core lesson is named by its number ("03"), its name or its file; a deeper notebook by its
    name, its file, or either with the folder in front.
    """
    wanted = name.replace("\\", "/").removeprefix("./").removesuffix(".ipynb")
    for lesson in lessons():
        short = lesson.name.removeprefix("deeper/")
        if wanted in (lesson.name, short) or (wanted == lesson.number and not lesson.deeper):
            return lesson
    names = [lesson.name for lesson in lessons()]
    near = get_close_matches(wanted, names, n=3, cutoff=0.4) or names[:3]
    raise NoSuchLesson(f"There is no lesson {name!r}; there are, for instance, {', '.join(near)}.")


def chosen(names: list[str]) -> list[Lesson]:
    """Return the lessons of these names, each once and in the course's order; no names mean all."""
    wanted = {find(name) for name in names}
    return [lesson for lesson in lessons() if lesson in wanted or not names]
