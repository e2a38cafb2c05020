"""The plans of plans.toml, with the minutes of their sections added up."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from teaching.editions.sources import find
from teaching.guide.sections import sections

PATH = Path(__file__).parent / "plans.toml"


@dataclass(frozen=True)
class Step:
    """One line of a plan: minutes, what is taught, and how."""

    minutes: int
    what: str
    how: str


@dataclass(frozen=True)
class Plan:
    """A plan for one lecture or evening of `minutes`."""

    name: str
    minutes: int
    about: str
    steps: tuple[Step, ...]

    @property
    def planned(self) -> int:
        """The minutes of all steps; the rest is for what goes wrong."""
        return sum(step.minutes for step in self.steps)


def plans() -> list[Plan]:
    """Return the plans in their order. Raises LookupError for a section that is not there."""
    return [_plan(**one) for one in tomllib.loads(PATH.read_text(encoding="utf-8"))["plan"]]


def _plan(name: str, minutes: int, about: str, steps: list[dict[str, object]]) -> Plan:
    return Plan(name, minutes, about, tuple(_step(**step) for step in steps))


def _step(
    how: str,
    lesson: str = "",
    sections: tuple[str, ...] = (),
    exercise: str = "",
    minutes: int = 0,
    what: str = "",
) -> Step:
    if not lesson:
        return Step(minutes, what, how)
    names = [f"*{name}*" for name in sections] + ([f"exercise `{exercise}`"] if exercise else [])
    needed = sum(_minutes(lesson, name) for name in sections) + _exercise(lesson, exercise)
    return Step(needed, f"{lesson}: {', '.join(names)}", how)


def _minutes(lesson: str, heading: str) -> int:
    for section in sections(find(lesson)):
        if section.heading == heading:
            return section.minutes
    raise LookupError(f"Lesson {lesson} has no section {heading!r}.")


def _exercise(lesson: str, id: str) -> int:
    """Return the exercise's share of the minutes of its section."""
    for section in sections(find(lesson)):
        if id in section.exercises:
            return -(-section.minutes // len(section.exercises))
    if id:
        raise LookupError(f"Lesson {lesson} has no exercise {id!r}.")
    return 0
