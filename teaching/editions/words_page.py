"""The words page of the book, made of notebooks/words.md, and the links of lessons to it."""

import re
from functools import cache
from itertools import count

from teaching import NOTEBOOKS
from teaching.editions.render import markdown, plain
from teaching.editions.sources import core

ONLY_IN_JUPYTER = re.compile(r"^In JupyterLab, right-click.*\n", re.MULTILINE)
ENTRY = re.compile(r"<li>(?=<strong>)")
INTRODUCED = re.compile(r"\((\d\d)\)</li>")
HEAD = re.compile(r'<li id="(word-\d+)">(.*?):')  # one entry may explain several terms
TERM = re.compile(r"<strong>(.*?)</strong>")
MET = re.compile(r"(?<=<p><strong>Words met:</strong> )(.*?)(?=\.</p>)", re.DOTALL)


@cache
def words_page() -> str:
    """Return the page as HTML: each entry with an id, each number as a link to its lesson."""
    source = (NOTEBOOKS / "words.md").read_text(encoding="utf-8")
    pages = {lesson.number: f"{lesson.name}.html" for lesson in core()}
    number = count(1)
    html = ENTRY.sub(
        lambda _: f'<li id="word-{next(number)}">', markdown(ONLY_IN_JUPYTER.sub("", source))
    )
    return INTRODUCED.sub(
        lambda found: f'(<a href="{pages[found[1]]}">lesson {found[1]}</a>)</li>', html
    )


@cache
def places() -> dict[str, str]:
    """Return the id of the entry of each term; a term has no marks, as in `JSON.stringify`."""
    return {
        plain(term): id
        for id, head in reversed(HEAD.findall(words_page()))
        for term in TERM.findall(head)
    }


def with_words(html: str, root: str) -> str:
    """Return the page of a lesson in which each word after "Words met" leads to its entry."""

    def link(word: str) -> str:
        place = places().get(plain(word))
        return f'<a href="{root}words.html#{place}">{word}</a>' if place else word

    return MET.sub(lambda found: ", ".join(map(link, found[1].split(", "))), html)
