"""A walk as data: which pages a tab visits, what each asks for, and by which way it goes on.

The tab walks by itself, so a student's own browser does the same as one without a window. Left
out: relations over TLS, for which the browsers would have to trust a certificate of ours.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from classroom.lab.ways import OF_OTHER_PAGE, OF_OWN_PAGE

SAME, PORT, SIBLING, CROSS = "same origin", "other port", "sibling", "cross-site"
PLAIN = "plain http"  # to what the browser takes for an ordinary host
# The relation of the page that asks to our server: where that page is, and which of the two ports.
HOSTS = {
    SAME: ("trax.localhost", 0),
    PORT: ("trax.localhost", 1),
    SIBLING: ("blog.trax.localhost", 1),
    CROSS: ("evil.localhost", 1),
    PLAIN: ("[::ffff:127.0.0.1]", 0),
}
PLAIN_NAMES = ("[::ffff:127.0.0.1]", "[::ffff:7f00:1]")  # as it is written, and as browsers say it
RELATIONS = (SAME, PORT, SIBLING, CROSS, PLAIN)
LATE = 125.0  # seconds; Chromium lets a cookie without SameSite go with a form for 120
COOKIES = {
    "absent": "Path=/",
    "Lax": "Path=/; SameSite=Lax",
    "Strict": "Path=/; SameSite=Strict",
    "None": "Path=/; SameSite=None",
    "None; Secure": "Path=/; SameSite=None; Secure",
}
PREFIX = "LAB-"  # of the names of all our cookies: no other is recorded


@dataclass(frozen=True)
class Page:
    """A page served by the host of `at`; the asking is noted under `relation`."""

    at: str
    relation: str
    asks: tuple[str, ...] = ()
    leaves: str = ""  # the way to the next page, "" when nothing is noted about it
    via: str = ""  # the relation whose host sends the tab on to the next page
    sets: bool = False
    removes: bool = False
    late: bool = False  # does it wait until the cookies are older than two minutes?


@dataclass(frozen=True)
class Walk:
    """The cookies that are set, by a word for each, and the pages that are visited in turn."""

    cookies: Mapping[str, str]
    pages: tuple[Page, ...]

    def lines(self, run: str) -> list[str]:
        """Return the Set-Cookie lines; the value is the run's, so an older cookie is not ours."""
        return [f"{cookie_name(word)}={run}; {rest}" for word, rest in self.cookies.items()]

    @property
    def seconds(self) -> float:
        """How long it waits on the way."""
        return LATE if any(page.late for page in self.pages) else 0


def cookie_name(word: str) -> str:
    """Return the name of the cookie for which the table says `word`."""
    return PREFIX + re.sub(r"\W+", "-", word).strip("-")


def walk(
    cookies: Mapping[str, str] = COOKIES,
    relations: tuple[str, ...] = RELATIONS,
    late: bool = False,
) -> Walk:
    """Return the walk that sets `cookies` (word to attributes) and asks from all `relations`.

    `late` adds the form that is sent when the cookies are older than two minutes. ValueError for
    an unknown relation, and for two cookies whose names would be alike.
    """
    unknown = [one for one in relations if one not in HOSTS]
    if unknown:
        raise ValueError(f"There is no relation {unknown[0]!r}; there are {', '.join(HOSTS)}.")
    if len({cookie_name(word) for word in cookies}) < len(cookies):
        raise ValueError("Two of the cookies would have the same name.")
    others = [one for one in relations if one != PLAIN]
    return Walk(dict(cookies), tuple(_pages(others, PLAIN in relations, late)))


def _pages(others: list[str], plain: bool, late: bool) -> Iterator[Page]:
    yield Page(SAME, SAME, OF_OWN_PAGE, sets=True)
    for relation in others:
        yield from _asking(relation)
    for relation in others if late else ():
        yield Page(SAME, relation, late=True)
        yield Page(relation, relation, leaves="form-post-late")
    yield Page(SAME, SAME, removes=True)
    if plain:
        yield Page(PLAIN, PLAIN, OF_OWN_PAGE, sets=True)
        yield Page(PLAIN, PLAIN, removes=True)


def _asking(relation: str) -> Iterator[Page]:
    """Yield the pages of one relation, in turn at our server and at the other."""
    yield Page(SAME, relation, leaves="" if relation == SAME else "other-page")
    yield Page(relation, relation, OF_OTHER_PAGE, leaves="link")
    yield Page(SAME, relation, ("then-fetch",), leaves="reload")
    yield Page(SAME, relation)
    for way in ("form-get", "refresh", "form-post"):
        yield Page(relation, relation, leaves=way)
        if way != "form-post":
            yield Page(SAME, relation)
    yield Page(SAME, relation, leaves="bounce-link", via=relation)
    yield Page(SAME, relation, leaves="bounce-post", via=relation)
