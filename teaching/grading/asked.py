"""What the lessons ask: their exercises, and the cell that starts the server for each."""

import re
from dataclasses import dataclass
from functools import cache

from teaching.editions.sources import Lesson, lessons

_CHECK = re.compile(r"""^\s*(?:assert\s+)?check\(\s*["']([\w-]+)["']\s*\)""", re.MULTILINE)


@dataclass(frozen=True)
class Asked:
    """An exercise's id, its lesson, and the source of the first code cell of that lesson."""

    id: str
    lesson: Lesson
    setup: str


@cache
def all_asked() -> dict[str, Asked]:
    """Return each exercise by its id, in the order of the course."""
    found = {}
    for lesson in lessons():
        code = [cell.source for cell in lesson.read().cells if cell.cell_type == "code"]
        for id in checked_in("\n".join(code)):
            found[id] = Asked(id, lesson, code[0])
    return found


def checked_in(code: str) -> list[str]:
    """Return the ids for which `code` calls check(...), each once, in order."""
    return list(dict.fromkeys(_CHECK.findall(code)))
