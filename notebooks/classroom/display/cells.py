"""Whole cells to paste into a lesson, each under a line that leads to it."""

from dataclasses import dataclass

from markupsafe import Markup

from classroom.display import html
from classroom.display.displayable import Displayable
from classroom.display.highlight import highlighted_lines


@dataclass(frozen=True, repr=False)
class Cells(Displayable):
    """Cells, each as a line that leads to it and its source."""

    answers: tuple[tuple[str, str], ...]

    def as_text(self) -> str:
        """Return each lead with its source."""
        return "\n\n".join(f"{lead}\n\n{source}" for lead, source in self.answers)

    def as_html(self) -> Markup:
        """Return the same as HTML."""
        answers = [(lead, highlighted_lines(source)) for lead, source in self.answers]
        return html.render("cells", answers=answers)
