"""What the teacher's guide says to a section or a prediction, as notes of the slides.

The guide's own module, teaching/guide/notes.py, checks that its notes fit the lessons.
"""

import re
import tomllib

from teaching import ROOT
from teaching.editions.render import Piece, markdown, slug
from teaching.editions.sources import Lesson

FOLDER = ROOT / "teaching" / "guide" / "lessons"
HEADING = re.compile(r'<h2 id="([^"]*)">.*?</h2>', re.DOTALL)
QUESTION = re.compile(r'<p class="predict">.*?</p>', re.DOTALL)


def with_notes(piece: Piece, guide: dict[str, dict[str, str]]) -> str:
    """Return the HTML of a piece with the guide's notes behind its heading and its prediction."""
    say = {slug(heading): text for heading, text in guide.get("say", {}).items()}
    html = HEADING.sub(lambda found: found[0] + _aside(say.get(found[1])), piece.html)
    wrong = guide.get("wrong", {}).get(piece.cell)
    answer = wrong and f"**A usual wrong answer:** {wrong}"
    return QUESTION.sub(lambda found: found[0] + _aside(answer), html)


def guide_to(lesson: Lesson) -> dict[str, dict[str, str]]:
    """Return the guide's notes on a lesson; it has none on the deeper notebooks."""
    path = FOLDER / f"{lesson.name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def _aside(text: str | None) -> str:
    return f'<aside class="notes">{markdown(text)}</aside>' if text else ""
