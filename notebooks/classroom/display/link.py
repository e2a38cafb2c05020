"""A link to a page on this computer, which opens in the reader's own browser.

On a hub the browser is on another computer, and no such link leads anywhere: `elsewhere` says so.
"""

from markupsafe import Markup

from classroom.display import html
from classroom.display.displayable import Displayable
from classroom.display.hosted import hosted_on
from classroom.display.labels import split_volatile
from classroom.display.text import plain


class Link(Displayable):
    """An address that opens in a new tab; as text it can be copied."""

    def __init__(self, url: str, words: str = "Open", note: str = "") -> None:
        """Link to `url`, with `words` before it and a line `note` below it."""
        self.url, self.words, self.note = url, words, note

    def as_text(self) -> str:
        """Return the words and the address, with a label for its port, and the note."""
        line = plain([f"{self.words} ", *split_volatile(self.url)])
        return f"{line}\n{self.note}" if self.note else line

    def as_html(self) -> Markup:
        """Return the same with a link."""
        return html.render("link", words=self.words, url=self.url, note=self.note)


def elsewhere() -> str:
    """Return what to do if the reader's browser is on another computer, otherwise ""."""
    host = hosted_on()
    if not host:
        return ""
    return (
        f"This notebook runs on {host}, and the link leads to your own computer: nothing is there. "
        "Read on, or take this step with the course on your own computer."
    )
