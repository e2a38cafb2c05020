"""The sections of a lesson with the minutes that the lesson prints, and what else a guide quotes.

The minutes are those of a student who reads alone (tests/lessons/test_minutes.py has the model).
"""

import re
from dataclasses import dataclass

from teaching.editions.parts import PREDICT, PROMPT, Part, parts
from teaching.editions.parts import questions as questions_in
from teaching.editions.sources import Lesson

_HEADING = re.compile(r"^## (.+?) \((\d+) min\)$", re.MULTILINE)
_END = re.compile(r"^## Recap$", re.MULTILINE)
_TOTAL = re.compile(r"\*\*(\d+) minutes")
LONGEST = 240
_TAG = re.compile(r"</?code>")


@dataclass(frozen=True)
class Section:
    """A heading of a lesson, its printed minutes, and what is in it.

    Those are the ids of its predictions, of its exercises, and of its code cells.
    """

    heading: str
    minutes: int
    predictions: tuple[str, ...] = ()
    exercises: tuple[str, ...] = ()
    code: tuple[str, ...] = ()


def sections(lesson: Lesson) -> list[Section]:
    """Return the sections that have minutes; recap and questions have none."""
    notebook, found = lesson.read(), []
    kinds = parts(notebook)
    for cell in notebook.cells:
        if cell.cell_type != "markdown":
            found[-1][4].append(cell.id)
            continue
        if _END.search(cell.source):
            break
        for heading, minutes in _HEADING.findall(cell.source):
            found.append([heading, int(minutes), [], [], []])
        if Part.PREDICTION in kinds[cell.id]:
            found[-1][2].append(cell.id)
        if Part.PROMPT in kinds[cell.id]:
            found[-1][3] += PROMPT.findall(cell.source)
    return [Section(heading, minutes, *map(tuple, lists)) for heading, minutes, *lists in found]


def predictions(lesson: Lesson) -> dict[str, tuple[str, str]]:
    """Return the question of each prediction, and how its answer begins, by the cell's id."""
    notebook, found, open_id = lesson.read(), {}, ""
    kinds = parts(notebook)
    for cell in notebook.cells:
        if open_id and Part.ANSWER in kinds[cell.id]:
            found[open_id] = (found[open_id][0], _beginning(cell.source))
            open_id = ""
        if Part.PREDICTION in kinds[cell.id]:
            open_id = cell.id
            found[open_id] = (cell.source.partition(PREDICT)[2].split("\n\n")[0].strip(), "")
    return found


def _beginning(text: str) -> str:
    """Return the first sentences of an answer, up to some 200 letters."""
    first = text.partition("\n\n")[0].replace("\n", " ")
    sentences = re.split(r"(?<=[.?!])\s+(?=[A-Z`(])", first)
    kept = sentences.pop(0)
    while sentences and len(kept) + len(sentences[0]) < LONGEST:
        kept += f" {sentences.pop(0)}"
    return kept


def total(lesson: Lesson) -> int:
    """Return the minutes that the lesson prints under its title."""
    return int(_TOTAL.search(lesson.read().cells[0].source)[1])


def aims(lesson: Lesson) -> list[str]:
    """Return what students can do afterwards, from the first cell."""
    return re.findall(r"^- (.+)$", lesson.read().cells[0].source, re.MULTILINE)


def questions(lesson: Lesson) -> list[tuple[str, str]]:
    """Return the questions of the lesson with their answers, in Markdown."""
    texts = "\n".join(cell.source for cell in lesson.read().cells if "## Questions" in cell.source)
    return [(_plain(question), _plain(answer)) for question, answer in questions_in(texts)]


def _plain(text: str) -> str:
    return _TAG.sub("`", text.replace("&lt;", "<").replace("&gt;", ">")).strip()
