"""Slides of a lesson for the projector: one page for each lesson, which needs no network.

The page holds the pieces of the lesson, and static/slides.js lays them out in the browser. Keys: T
changes light and dark, S opens the speaker's window with the guide's notes, ? lists the others.
With `?print-pdf` after the address the browser prints the slides.
Not on the slides: sources and other folded texts, and where to go next.
"""

import base64
import re
from pathlib import Path

from teaching.editions.copies import write
from teaching.editions.pages import page
from teaching.editions.parts import Part
from teaching.editions.render import pieces, relinked
from teaching.editions.sources import Lesson
from teaching.editions.speaker_notes import guide_to, with_notes

LINK = re.compile(r"<a\b[^>]*>(.*?)</a>", re.DOTALL)
WORDS_LINE = re.compile(r"<p>A new word\? .*?</p>")


def make(lessons: list[Lesson], folder: Path) -> Path:
    """Write the slides of `lessons` into `folder` and return the page of the first one."""
    written = []
    for lesson in lessons:
        print(f"slides of {lesson.name}", flush=True)
        written.append(write(folder / f"{lesson.name.replace('/', '-')}.html", html(lesson)))
    return written[0]


def html(lesson: Lesson) -> str:
    """Return the page with the slides of a lesson."""
    shown = [piece for piece in pieces(lesson.read()) if Part.NEXT not in piece.parts]
    guide = guide_to(lesson)
    content = [(piece, _on_a_slide(with_notes(piece, guide), lesson)) for piece in shown]
    return page("slides.html", number=lesson.number, title=lesson.title, pieces=content)


def _on_a_slide(html: str, lesson: Lesson) -> str:
    """Return the HTML of a piece with pictures inside, no links, one blank line in place of two."""
    text = LINK.sub(r"\1", WORDS_LINE.sub("", html)).replace("\n\n\n", "\n\n")
    return relinked(text, lambda to: _embedded(lesson, to))


def _embedded(lesson: Lesson, address: str) -> str:
    """Return the address of a picture beside a lesson as one that holds the picture itself."""
    if not address.endswith(".svg"):
        return address
    data = (lesson.path.parent / address).read_bytes()
    return "data:image/svg+xml;base64," + base64.b64encode(data).decode()
