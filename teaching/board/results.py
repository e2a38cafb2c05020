"""Who has done what, in memory only: it ends with the process, and it cannot grow without limit.

Left out: when something was done, and any order of the names but that of the
alphabet: it is no race.
"""

from collections import Counter

from classroom.checking.class_board import MAX_NAME, is_name
from classroom.my_progress import CORE, DEEPER
from minisrv.errors import Refused

MAX_NAMES = 500
LESSON_OF = {
    id: lesson for lessons in (CORE, DEEPER) for lesson, ids in lessons.items() for id in ids
}
ALWAYS_SHOWN = frozenset(id for ids in CORE.values() for id in ids)


class BadName(Refused):
    """The name cannot stand on the board (RFC 9110 §15.5.21)."""

    status = 422
    code = "bad_name"
    message = f"A name has 1 to {MAX_NAME} characters, and none that is invisible."


class UnknownExercise(Refused):
    """The course has no such exercise (RFC 9110 §15.5.21)."""

    status = 422
    code = "unknown_exercise"
    message = "The course has no exercise of this id."


class BoardFull(Refused):
    """There is no room for another name (RFC 9110 §15.5.10)."""

    status = 409
    code = "board_full"
    message = f"The board has {MAX_NAMES} names, and takes no more."


class Results:
    """The ids of the exercises that each name has done."""

    def __init__(self) -> None:
        """Begin with nobody."""
        self._done: dict[str, set[str]] = {}

    def add(self, name: str, id: str) -> None:
        """Note that `name` has done the exercise `id`, or raise a Refused; safe to call twice."""
        if not is_name(name) or not name.strip():
            raise BadName
        if id not in LESSON_OF:
            raise UnknownExercise
        if name not in self._done and len(self._done) >= MAX_NAMES:
            raise BoardFull
        self._done.setdefault(name, set()).add(id)

    def names(self) -> list[tuple[str, int]]:
        """Return each name with the number of exercises done, in alphabetical order."""
        return [(name, len(self._done[name])) for name in sorted(self._done, key=str.casefold)]

    def exercises(self) -> list[tuple[str, str, int]]:
        """Return lesson, exercise and how many have done it: all core ones, deeper ones if any."""
        count = Counter(id for ids in self._done.values() for id in ids)
        return [
            (lesson, id, count[id])
            for id, lesson in LESSON_OF.items()
            if id in ALWAYS_SHOWN or count[id]
        ]
