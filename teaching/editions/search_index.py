"""The index that the book searches: each section of each page with its words.

It is a script, for a page that was opened from a folder may load scripts, and no other files.
"""

import json
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from teaching.editions.render import Piece, plain

HEADING = re.compile(r'<h[1-3] id="([^"]*)">(.*?)</h[1-3]>', re.DOTALL)
WORD = re.compile(r'<li id="([^"]*)">(.*?</strong>)(.*?)</li>', re.DOTALL)


class Section(NamedTuple):
    """What a result of the search leads to, and the text in which is searched."""

    href: str
    page: str
    heading: str
    text: str


def sections(href: str, title: str, pieces: Iterable[Piece], each: str = "h") -> Iterator[Section]:
    """Yield the sections of a page: those of its headings, or with `each="li"` its words.

    Outputs are left out: their values differ in every run.
    """
    html = "\n".join(piece.html for piece in pieces if piece.kind != "output")
    if each == "li":
        for anchor, term, text in WORD.findall(html):
            yield Section(f"{href}#{anchor}", title, _text(term), _text(text))
        return
    _, *rest = HEADING.split(html)
    for anchor, heading, text in zip(rest[::3], rest[1::3], rest[2::3], strict=True):
        words = re.sub(r"<span class=.minutes.*?</span>", "", heading)
        yield Section(f"{href}#{anchor}", title, _text(words), _text(text))


def index(found: Iterable[Section]) -> str:
    """Return the script that holds the sections."""
    rows = json.dumps([list(one) for one in found], ensure_ascii=False, separators=(",", ":"))
    return f"const SECTIONS = {rows};\n"


def _text(html: str) -> str:
    """Return the words of HTML, with one blank between them."""
    apart = re.sub(r"</?(?:p|li|td|th|pre|summary|details)\b[^>]*>", " ", html)
    return re.sub(r"\s+", " ", plain(apart)).strip()
