"""A link to a page on this computer, which opens in the reader's own browser."""

from markupsafe import Markup

from classroom.display import html
from classroom.display.displayable import Displayable
from classroom.display.labels import split_volatile
from classroom.display.text import plain


class Link(Displayable):
    """An address that opens in a new tab; as text it can be copied."""

    def __init__(self, url: str, words: str = "Open") -> None:
        """Link to `url`, with `words` before it."""
        self.url, self.words = url, words

    def as_text(self) -> str:
        """Return the words and the address, with a label for its port."""
        return plain([f"{self.words} ", *split_volatile(self.url)])

    def as_html(self) -> Markup:
        """Return the same with a link."""
        return html.render("link", words=self.words, url=self.url)
