"""A link to a page of this machine, to be opened in a browser.

Left out: pages of other machines.
"""

from classroom.display import html
from classroom.display.displayable import Displayable
from classroom.display.labels import split_volatile
from classroom.display.text import plain


class Link(Displayable):
    """An address that opens in a new tab; as text it can be copied."""

    def __init__(self, url: str, words: str = "Open") -> None:
        """Lead to `url`; `words` stand before it."""
        self.url, self.words = url, words

    def as_text(self) -> str:
        """Return the words and the address, its port as a label."""
        return plain([f"{self.words} ", *split_volatile(self.url)])

    def as_html(self) -> str:
        """Return the same with a link."""
        address = html.escape(self.url)
        # Tests empty exactly this element, whose port differs from run to run.
        link = f'<a class="real" href="{address}" target="_blank" rel="noopener">{address}</a>'
        return html.tag("div", f"{html.escape(self.words)} {link}")
