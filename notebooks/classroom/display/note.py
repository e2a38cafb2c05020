"""A few lines of text from the classroom, shown like everything else: with labels, in two forms."""

from dataclasses import dataclass

from IPython.display import display
from markupsafe import Markup

from classroom.display import html
from classroom.display.displayable import Displayable
from classroom.display.labels import Volatile, split_volatile
from classroom.display.text import Pieces, plain

AGAIN = " (started again: accounts and routes of before are gone)"


@dataclass(frozen=True, repr=False)
class Note(Displayable):
    """Lines, each in pieces: plain text, and values that differ from run to run."""

    lines: tuple[Pieces, ...]

    def as_text(self) -> str:
        """Return the lines."""
        return "\n".join(plain(line) for line in self.lines)

    def as_html(self) -> Markup:
        """Return the lines as HTML, each a block of its own."""
        return html.render("note", lines=self.lines)


def note(text: str) -> Note:
    """Return a note of the lines of `text`, with labels for the values that vary."""
    return Note(tuple(split_volatile(line) for line in text.splitlines()))


def show_ready(url: str, busy: int | None = None, again: bool = False) -> None:
    """Display that the server listens at `url`; `busy` is a port that was wanted but not free.

    `again` says that accounts and routes of before are gone.
    """
    # The whole address is one varying value, so that a reader can copy it in one piece.
    pieces: Pieces = ["ready at ", Volatile(plain(split_volatile(url)), url)]
    if busy is not None:
        pieces.append(f" (port {busy} is busy, so this is a free one)")
    if again:
        pieces.append(AGAIN)
    display(Note((pieces,)))
