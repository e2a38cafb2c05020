"""The plans of plans.toml, with the minutes of their sections added up."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from teaching.editions.sources import find
from teaching.guide.sections import Section, sections

PATH = Path(__file__).parent / "plans.toml"


@dataclass(frozen=True)
class Step:
    """One line of a plan: minutes, what is taught, and how; `cells` of `lesson` are run in it."""

    minutes: int
    what: str
    how: str
    lesson: str = ""
    cells: tuple[str, ...] = ()  # their ids


@dataclass(frozen=True)
class Plan:
    """A plan for one lecture or evening of `minutes`.

    `late` says what to leave out if time runs short, and `exercises` names those that it has.
    """

    name: str
    minutes: int
    about: str
    late: str
    steps: tuple[Step, ...]
    exercises: tuple[str, ...]

    @property
    def planned(self) -> int:
        """The minutes of all steps; the rest is for what goes wrong."""
        return sum(step.minutes for step in self.steps)


@cache
def plans() -> tuple[Plan, ...]:
    """Return the plans in their order. Raises LookupError for a section that is not there."""
    return tuple(_plan(**one) for one in tomllib.loads(PATH.read_text(encoding="utf-8"))["plan"])


def _plan(name: str, minutes: int, about: str, late: str, steps: list[dict[str, object]]) -> Plan:
    exercises = []
    for step in steps:
        own = [section for section in _all(step) if section.heading in step.get("sections", ())]
        exercises += [id for section in own for id in section.exercises]
        exercises += [step["exercise"]] if "exercise" in step else []
    return Plan(name, minutes, about, late, tuple(map(_step, steps)), tuple(exercises))


def _all(step: dict[str, object]) -> list[Section]:
    return _sections(step["lesson"]) if "lesson" in step else []


@cache
def _sections(lesson: str) -> list[Section]:
    """Return the sections of the lesson of that name, which many steps ask for."""
    return sections(find(lesson))


def _step(step: dict[str, object]) -> Step:
    """Return a step of these keys: sections, `run` (sections without a word), exercise, cell."""
    there, lesson = _all(step), step.get("lesson", "")
    if not lesson:
        return Step(step["minutes"], step["what"], step["how"])
    shown = [_named(there, name, lesson) for name in step.get("sections", ())]
    silent = [_named(there, name, lesson) for name in step.get("run", ())]
    parts = [_part(section, section in silent) for section in there if section in shown + silent]
    minutes = sum(section.minutes for section in shown) + len(silent)
    cells = [id for section in there if section in shown + silent for id in section.code]
    if id := step.get("exercise"):
        parts.append(f"exercise `{id}`")
        minutes += _exercise(there, id, lesson)
        cells.append(id)
    if id := step.get("cell"):
        parts.append(f"the cell {_first_line(lesson, id)}")
        minutes += step["minutes"]
        cells.append(id)
    return Step(minutes, f"{lesson}: {', '.join(parts)}", step["how"], lesson, tuple(cells))


def _part(section: Section, silent: bool) -> str:
    if not silent:
        return f"*{section.heading}*"
    count = len(section.code)
    return f"run *{section.heading}* without a word ({count} cell{'s' if count > 1 else ''})"


def _named(there: Sequence[Section], heading: str, lesson: str) -> Section:
    for section in there:
        if section.heading == heading:
            return section
    raise LookupError(f"Lesson {lesson} has no section {heading!r}.")


def _exercise(there: Sequence[Section], id: str, lesson: str) -> int:
    """Return the exercise's share of the minutes of its section."""
    for section in there:
        if id in section.exercises:
            return -(-section.minutes // len(section.exercises))
    raise LookupError(f"Lesson {lesson} has no exercise {id!r}.")


def _first_line(lesson: str, id: str) -> str:
    for cell in find(lesson).read().cells:
        if cell.id == id:
            return f"`{cell.source.partition(chr(10))[0]}`"
    raise LookupError(f"Lesson {lesson} has no cell {id!r}.")
