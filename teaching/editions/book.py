"""The book: a web site of all lessons with their outputs, to be read without running anything.

It opens from a folder (file://) with no server and no network. A page has the place that its
notebook has in notebooks/, so links between lessons only change their ending. What a prediction
waits for is folded; printing unfolds all. Left out: the search itself (static/search.js).
"""

import os
import re
import shutil
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from pathlib import Path

from nbformat import NotebookNode

from teaching import NOTEBOOKS, ROOT
from teaching.editions.copies import write
from teaching.editions.pages import STATIC, page
from teaching.editions.render import Piece, headings, markdown, pieces, relinked
from teaching.editions.search_index import Section, index, sections
from teaching.editions.sources import Lesson, lessons
from teaching.editions.words_page import with_words, words_page

SCRIPTS_AND_STYLES = ("colours.css", "book.css", "theme.js", "book.js", "search.js")


@dataclass(frozen=True)
class Chapter:
    """A lesson with what the contents say of it."""

    lesson: Lesson

    @property
    def href(self) -> str:
        """Its address, from the folder of the book."""
        return f"{self.lesson.name}.html"

    @property
    def root(self) -> str:
        """What leads from it to the folder of the book."""
        return "../" * self.href.count("/")

    @cached_property
    def notebook(self) -> NotebookNode:
        """The executed notebook."""
        return self.lesson.read()

    @cached_property
    def pieces(self) -> list[Piece]:
        """The texts, code and outputs of the lesson."""
        return list(pieces(self.notebook))

    @property
    def first_text(self) -> str:
        """The Markdown of the first cell: title, minutes, what one can do afterwards."""
        return self.notebook.cells[0].source

    @property
    def title(self) -> str:
        """The words of its first heading after the number."""
        return self.first_text.partition("\n")[0].partition(" · ")[2]

    @property
    def minutes(self) -> str:
        """The minutes that the lesson takes."""
        return re.search(r"^\*\*(\d+) minutes", self.first_text, re.MULTILINE)[1]

    @property
    def begins(self) -> str:
        """The first paragraph under the title that is not about another lesson, as HTML."""
        blocks = self.first_text.split("\n\n")[1:]
        return markdown(next(one for one in blocks if not re.match(r"\*|A deeper|This", one)))

    @cached_property
    def headings(self) -> list[tuple[int, str, str]]:
        """Level, id and words of the headings under the title."""
        texts = [cell.source for cell in self.notebook.cells if cell.cell_type == "markdown"]
        return [one for text in texts for one in headings(text)][1:]


def make(chosen: list[Lesson], folder: Path) -> Path:
    """Write the book into `folder` and return its first page; it always has all lessons.

    Files of the same names are replaced, others stay.
    """
    order = sorted(map(Chapter, lessons()), key=lambda one: (one.lesson.number, one.href))
    found: list[Section] = []
    for chapter in order:
        print(f"book: {chapter.lesson.name}", flush=True)
        content = {"chapter": chapter, "folds": _folds(chapter), "around": _around(chapter, order)}
        html = with_words(_page("lesson.html", chapter.href, order, **content), chapter.root)
        write(folder / chapter.href, _with_links(html, chapter.lesson.path.parent, folder))
        found += sections(
            chapter.href, f"{chapter.lesson.number} · {chapter.title}", chapter.pieces
        )
    words = _pages(words_page())
    write(folder / "words.html", _page("words.html", "words.html", order, words=words))
    found += sections("words.html", "Words", [Piece("text", words)], each="li")
    write(folder / "search.html", _page("search.html", "search.html", order))
    write(folder / "static" / "search-index.js", index(found))
    for name in SCRIPTS_AND_STYLES:
        shutil.copyfile(STATIC / name, folder / "static" / name)
    shutil.copytree(NOTEBOOKS / "images", folder / "images", dirs_exist_ok=True)
    return write(folder / "index.html", _page("index.html", "index.html", order))


def _page(template: str, href: str, order: list[Chapter], **content: object) -> str:
    """Return a page of the book; `root` leads from it to the folder of the book."""
    return page(template, href=href, root="../" * href.count("/"), contents=order, **content)


def _folds(chapter: Chapter) -> list[tuple[bool, list[Piece]]]:
    """Return the pieces in groups; the first value is True if a prediction waits for a group."""
    groups = groupby(chapter.pieces, lambda piece: piece.outcome)
    return [(outcome, list(group)) for outcome, group in groups]


def _around(chapter: Chapter, order: list[Chapter]) -> list[Chapter | None]:
    """Return the chapters to go back to and on to: core lessons, for the others are extras."""
    core = [None, *(one for one in order if not one.lesson.deeper), None]
    own = [one and one.lesson.number for one in core].index(chapter.lesson.number)
    return [core[own] if chapter.lesson.deeper else core[own - 1], core[own + 1]]


def _pages(html: str) -> str:
    """Return `html` with links to notebooks and to the words page as links to their pages."""
    return relinked(html, lambda to: re.sub(r"(\.ipynb|(?<=words)\.md)(?=#|$)", ".html", to))


def _with_links(html: str, here: Path, folder: Path) -> str:
    """Return the page of a lesson in `here` with links to pages, not to notebooks.

    A file of the project to which the lesson leads is copied into the book.
    """

    def change(to: str) -> str:
        file = Path(os.path.normpath(here / to))
        if not to.startswith("../") or file.is_relative_to(NOTEBOOKS):
            return to
        inside = "source" / file.relative_to(ROOT)
        write(folder / inside, file.read_text(encoding="utf-8"))
        return "../" * len(here.relative_to(NOTEBOOKS).parts) + inside.as_posix()

    return relinked(_pages(html), change)
