"""The solution of an exercise and an alternative that is as right, each as a cell to paste.

Left out: the wrong answers; they are for the tests, and for you to make.
"""

from dataclasses import dataclass

from markupsafe import Markup

from classroom import exercises
from classroom.checking.answer_cell import answer_cell
from classroom.display import html
from classroom.display.displayable import Displayable
from classroom.display.highlight import highlighted_lines
from classroom.display.note import Note, note


@dataclass(frozen=True, repr=False)
class Solutions(Displayable):
    """Cells, each as a line that leads to it and its source."""

    answers: tuple[tuple[str, str], ...]

    def as_text(self) -> str:
        """Return each lead with its source."""
        return "\n\n".join(f"{lead}\n\n{source}" for lead, source in self.answers)

    def as_html(self) -> Markup:
        """Return the same as HTML."""
        answers = [(lead, highlighted_lines(source)) for lead, source in self.answers]
        return html.render("solutions", answers=answers)


def solution(id: str | None = None) -> Solutions | Note:
    """Return the solution of the exercise `id` and its alternative; they display themselves.

    Each is a whole cell: pasted into the lesson, it runs, plugs its route in, and checks it.
    """
    try:
        exercise = exercises.load(id)
    except LookupError as error:
        return note(error.args[0])
    return Solutions(
        (
            (exercise.solution_lead, answer_cell(exercise, exercise.solution)),
            (exercise.alternative_lead, answer_cell(exercise, exercise.alternative)),
        )
    )
