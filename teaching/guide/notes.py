"""The hand-written notes on a lesson, lessons/NN-name.toml: what the teacher says, and expects.

Each note belongs to a heading or to a prediction of the lesson. A note on neither, and a heading or
a prediction without a note, is an error: so the notes follow the lessons.
"""

from dataclasses import dataclass

from teaching.editions.parts import Part, parts
from teaching.editions.sources import Lesson
from teaching.editions.speaker_notes import guide_to
from teaching.guide.sections import sections


@dataclass(frozen=True)
class Notes:
    """What the teacher says to each section, and the usual wrong answer to each prediction."""

    wow: str
    discuss: str
    skip: str
    say: dict[str, str]  # by heading
    wrong: dict[str, str]  # by the id of the prediction's cell


def notes_on(lesson: Lesson) -> Notes:
    """Return the notes. Raises ValueError, with the names, if they do not fit the lesson."""
    notes = Notes(**guide_to(lesson))
    predictions = {id for id, own in parts(lesson.read()).items() if Part.PREDICTION in own}
    headings = {section.heading for section in sections(lesson)}
    for given, wanted in ((notes.say, headings), (notes.wrong, predictions)):
        if odd := set(given) ^ wanted:
            raise ValueError(f"{lesson.name}.toml and the lesson do not agree on {sorted(odd)}.")
    return notes
