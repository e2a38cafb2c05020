"""What a piece of HTML consists of, for tests: its elements, their attributes, its text."""

import re
from collections import Counter
from html.parser import HTMLParser

from classroom.display import labels

ALLOWED = {"style", "div", "pre", "b", "span", "details", "summary"} | {
    *("table", "caption", "thead", "tbody", "tr", "th", "td")
}
# Browsers begin a new line or cell at these, whatever styles a page has.
BLOCKS = ALLOWED - {"b", "span"} | {"figure", "figcaption", "br"}
VOID = {"br", "img"}  # they have no end
_WORD = re.compile(r"[\w@\\‹›-]+")
_REAL = re.compile(r'<span class="real">[^<]*</span>')


class Parsed(HTMLParser):
    """The parsed HTML; `text` leaves the style sheet out."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.parts: list[str] = []
        self.unstyled = ""  # the text as a page without any styles shows it
        self.other: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert not self._open, f"never closed: {self._open}"

    @property
    def text(self) -> str:
        return "".join(self.parts)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)
        self.unstyled += " " * (tag in BLOCKS)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag
        self.unstyled += " " * (tag in BLOCKS)

    def handle_data(self, data: str) -> None:
        if "style" not in self._open:
            self.parts.append(data)
            self.unstyled += data

    def handle_comment(self, data: str) -> None:
        self.other.append(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


def bundle(shown: object) -> tuple[str, str]:
    """Return the text and the HTML of something that is displayed."""
    found = shown._repr_mimebundle_()
    assert set(found) == {"text/plain", "text/html"}
    return found["text/plain"], found["text/html"]


def emptied(html: str) -> str:
    """Return what nbval compares: the HTML without the real values."""
    return _REAL.sub('<span class="real"></span>', html)


def assert_same_words(shown: object) -> None:
    """Assert that each word of the text form is in the HTML form, as often at least.

    It must stand apart from its neighbours there even if the page has lost its styles.
    """
    text, html = bundle(shown)
    wanted = Counter(_WORD.findall(text))
    missing = wanted - Counter(_WORD.findall(Parsed(html).unstyled))
    assert wanted and not missing, missing


def fresh(make: object) -> tuple[str, str]:
    """Return both forms of what `make` returns, as a new run shows them, without real values."""
    labels.forget()
    text, html = bundle(make())
    return text, emptied(html)
