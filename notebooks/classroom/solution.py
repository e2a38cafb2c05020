"""The solution of an exercise and an alternative that is as right, as source code.

Left out: the wrong answers; they are for the tests, and for you to make.
"""

import inspect
from dataclasses import dataclass
from textwrap import dedent

from markupsafe import Markup
from starlette.routing import Route

from classroom import exercises
from classroom.checking.exercise import Answer
from classroom.display import html
from classroom.display.displayable import Displayable
from classroom.display.highlight import highlighted_lines
from classroom.display.note import Note, note


@dataclass(frozen=True, repr=False)
class Solutions(Displayable):
    """Pieces of code, each as a line that leads to it and its source."""

    answers: tuple[tuple[str, str], ...]

    def as_text(self) -> str:
        """Return each lead with its source."""
        return "\n\n".join(f"{lead}\n\n{source}" for lead, source in self.answers)

    def as_html(self) -> Markup:
        """Return the same as HTML."""
        answers = [(lead, highlighted_lines(source)) for lead, source in self.answers]
        return html.render("solutions", answers=answers)


def solution(id: str) -> Solutions | Note:
    """Return the solution of the exercise `id` and its alternative; they display themselves."""
    try:
        exercise = exercises.load(id)
    except LookupError as error:
        return note(error.args[0])
    return Solutions(
        (
            (exercise.solution_lead, source_of(exercise.solution)),
            (exercise.alternative_lead, source_of(exercise.alternative)),
        )
    )


def source_of(answer: Answer) -> str:
    """Return the source code of a function, or of the function behind a Route."""
    function = answer.endpoint if isinstance(answer, Route) else answer
    return dedent(inspect.getsource(function)).strip()
