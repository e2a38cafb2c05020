"""What a lesson consists of, as HTML: texts, code with colours, outputs.

Left out: how the pieces are laid out (book.py, slides.py).
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape, unescape

import mistune
from ipython_pygments_lexers import IPython3Lexer
from nbformat import NotebookNode
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name

from teaching.editions.parts import Part, parts, split_answer

LINK = re.compile(r'(?P<name>href|src)="(?P<to>[^"]*)"')
# An address of the server that ran when the output was made; nobody answers there now.
DEAD_LINK = re.compile(
    r'<a\b[^>]*href="https?://(?:127\.|[\w.]*localhost)[^>]*>(.*?)</a>', re.DOTALL
)
PASSING = re.compile(r"ready at http|\w+: 10 % 20 %")
EMPTY_HEADER = re.compile(r"<th\b[^>]*></th>")
MINUTES = re.compile(r"\s*\((\d+) min\)$")
PYTHON, FORMATTER = IPython3Lexer(), HtmlFormatter(nowrap=True)


@dataclass(frozen=True)
class Piece:
    """A part of a lesson as HTML; an outcome is what a prediction waits for."""

    kind: str  # "text", "code" or "output"
    html: str
    parts: frozenset[Part] = frozenset()
    outcome: bool = False
    cell: str = ""  # the id of its cell


class _Html(mistune.HTMLRenderer):
    """Markdown as HTML; headings get ids, and the minutes of a section an element."""

    def __init__(self) -> None:
        super().__init__(escape=False)
        self.headings: list[tuple[int, str, str]] = []

    def heading(self, text: str, level: int, **_: object) -> str:
        """Return a heading with an id that is made of its words."""
        words = MINUTES.sub("", text)
        anchor = slug(words)
        self.headings.append((level, anchor, words))
        minutes = MINUTES.search(text)
        small = f' <span class="minutes">{minutes[1]} min</span>' if minutes else ""
        return f'<h{level} id="{anchor}">{words}{small}</h{level}>\n'

    def paragraph(self, text: str) -> str:
        """Return a paragraph; the one with the question of a prediction has a class."""
        kind = ' class="predict"' if text.startswith("<strong>Predict.</strong>") else ""
        return f"<p{kind}>{text}</p>\n"

    def block_code(self, code: str, info: str | None = None) -> str:
        """Return a block of code in a text."""
        return _coloured(code, get_lexer_by_name(info or "text"))


def plain(html: str) -> str:
    """Return the text of HTML without its tags and escapes."""
    return unescape(re.sub(r"<[^>]*>", "", html))


def slug(words: str) -> str:
    """Return the words of a heading, HTML or Markdown, as an id: `The key` becomes the-key."""
    return re.sub(r"\W+", "-", plain(words).lower()).strip("-")


def markdown(source: str) -> str:
    """Return a Markdown text, in which there may be HTML, as HTML."""
    html = str(mistune.create_markdown(renderer=_Html(), plugins=["table", "url"])(source))
    return EMPTY_HEADER.sub("<td></td>", html)  # a column of numbers has no name


def headings(source: str) -> list[tuple[int, str, str]]:
    """Return level, id and words of each heading of a Markdown text; the words are HTML."""
    renderer = _Html()
    mistune.create_markdown(renderer=renderer)(source)
    return renderer.headings


def code(source: str) -> str:
    """Return a code cell with an element for each kind of word."""
    return _coloured(source, PYTHON)


def _coloured(text: str, lexer: Lexer) -> str:
    return f'<pre class="code">{highlight(text, lexer, FORMATTER)}</pre>\n'


def output(one: NotebookNode) -> str:
    """Return one output of a cell: its HTML if it has one, else its text.

    The server's address and the progress of work say nothing later, so they are left out.
    """
    data = one.get("data", {})
    if PASSING.match(one.get("text") or data.get("text/plain", "")):
        return ""
    if "text/html" in data:
        return DEAD_LINK.sub(r"<span>\1</span>", data["text/html"])
    text = one.get("text") or data.get("text/plain") or "\n".join(one.get("traceback", []))
    return f'<pre class="plain">{escape(text.rstrip())}</pre>\n'


def relinked(html: str, change: Callable[[str], str]) -> str:
    """Return `html` with each address in it, of a link or a picture, as `change` returns it."""
    return LINK.sub(lambda found: f'{found["name"]}="{change(found["to"])}"', html)


def pieces(notebook: NotebookNode) -> Iterator[Piece]:
    """Yield the texts, the code and the outputs of a lesson in their order.

    The verdict under an exercise that nobody has begun is left out, and the end of the server.
    """
    roles = parts(notebook)
    for cell in notebook.cells:
        own = roles[cell.id]
        if Part.STOP in own:
            continue
        if cell.cell_type == "markdown":
            answer, rest = split_answer(cell.source) if Part.ANSWER in own else ("", cell.source)
            for source, outcome in ((answer, True), (rest, False)):
                if source:
                    yield Piece("text", markdown(source), own, outcome, cell.id)
            continue
        yield Piece("code", code(cell.source), own, cell=cell.id)
        shown = "" if Part.STUB in own else "".join(map(output, cell.outputs))
        if shown:
            yield Piece("output", shown, own, Part.OUTCOME in own, cell.id)
