"""Report an exception in a student's route: the error, and only the student's own lines.

The frames of libraries and of this course are left out; they hide the line that is to be changed.
"""

import inspect
import re
import sysconfig
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import minisrv
from classroom.server.advice import advice, is_of_the_lesson
from classroom.server.gaps import first_gap
from classroom.server.student_cell import cell_of, is_cell

_LIBRARIES = tuple(
    str(Path(folder).resolve())
    for folder in {
        *(sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")),
        Path(minisrv.__file__).parent,
        Path(__file__).parents[1],
    }
)
_ADDRESS = re.compile(r" (?:object )?at 0x[0-9A-Fa-f]+")  # differs from run to run, says nothing
CELL = "your cell"  # the place of a line
_LONGEST = 300  # characters of an error's message


@dataclass(frozen=True)
class Line:
    """One line of a student: where it stands, its number from 1, its text."""

    place: str
    number: int
    source: str

    def __str__(self) -> str:
        """Say it as `in your cell, line 3: text`."""
        return f"in {self.place}, line {self.number}: {self.source}"


@dataclass(frozen=True)
class Crash:
    """An error as `KeyError: 'email'` with the lines that led to it, the innermost last.

    `gap` is the sentence on a gap (`...`) that is still in the route, "" if there is none. `ours`
    says that the route is one of the lesson, and that no line of a cell led to the error.
    """

    error: str
    lines: tuple[Line, ...] = ()
    gap: str = ""
    ours: bool = False

    @property
    def text(self) -> str:
        """The report: the gap, a line for the error, and one for each line of the student's."""
        gap = [self.gap] if self.gap else []
        return "\n".join([*gap, self.error, *(f"  {line}" for line in self.lines)])

    __str__ = text.fget  # type: ignore[assignment]


def crash_of(error: BaseException, endpoint: Callable[..., object]) -> Crash:
    """Return the report of `error`, which `endpoint` raised."""
    first, *_ = f"{type(error).__name__}: {error}".splitlines()
    own = _own_lines(error.__traceback__, endpoint)
    # An error before the first own line, such as a missing parameter: show the route's `def`.
    lines = own or _definition(endpoint)
    words = advice(error, inspect.unwrap(endpoint), lines[-1].source if lines else "")
    first = _ADDRESS.sub("", first)[:_LONGEST]
    first = f"{first.rstrip('.')}; {words}" if words else first
    ours = is_of_the_lesson(endpoint) and all(line.place != CELL for line in lines)
    return Crash(first, tuple(lines), first_gap(cell_of(endpoint)), ours)


def _own_lines(trace: TracebackType | None, endpoint: Callable[..., object]) -> list[Line]:
    home = _file_of(endpoint)
    return [
        Line(_place(frame.filename), frame.lineno or 0, (frame.line or "").strip())
        for frame in traceback.extract_tb(trace)
        if frame.filename == home or not _is_library(frame.filename)
    ]


def _definition(endpoint: Callable[..., object]) -> list[Line]:
    try:
        lines, number = inspect.getsourcelines(endpoint)
    except (OSError, TypeError):  # made by exec, or no function
        return []
    ahead = next((i for i, text in enumerate(lines) if "def " in text), 0)  # decorators come first
    return [Line(_place(_file_of(endpoint)), number + ahead, lines[ahead].strip())]


def _file_of(endpoint: Callable[..., object]) -> str:
    code = getattr(inspect.unwrap(endpoint), "__code__", None)
    return code.co_filename if code else ""


def _is_library(filename: str) -> bool:
    if filename.startswith("<"):  # no file: a cell, or made by exec
        return not is_cell(filename)
    # A deeper notebook has ".." on sys.path, which Python leaves in the names of files.
    return str(Path(filename).resolve()).startswith(_LIBRARIES)


def _place(filename: str) -> str:
    return CELL if is_cell(filename) else Path(filename).name
