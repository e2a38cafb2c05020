"""A walk as data: which cookies are set, and which pages a tab then visits in turn.

The pages lead the tab by themselves, so a student's own browser does the same as one without a
window. What the script of a page does is in walk_app.py and pages/walk.js.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from classroom.cookie_lab.request_kinds import (
    HOSTS,
    OF_OTHER_PAGE,
    OF_OWN_PAGE,
    PLAIN,
    RELATIONS,
    SAME,
    SCHEME,
    TO_TLS,
    home,
)

FRESH = 120.0  # seconds for which Chromium sends a cookie without SameSite with a form POST
LATE = 125.0  # the age in seconds of the cookies when the late form is sent
COOKIES = {
    "absent": "Path=/",
    "Lax": "Path=/; SameSite=Lax",
    "Strict": "Path=/; SameSite=Strict",
    "None": "Path=/; SameSite=None",
    "None; Secure": "Path=/; SameSite=None; Secure",
}
PREFIX = "LAB-"  # of the names of all our cookies: no other cookie is recorded


@dataclass(frozen=True)
class Page:
    """A page at the host of `at`; its requests are recorded under `relation`."""

    at: str
    relation: str
    asks: tuple[str, ...] = ()  # the request kinds that it sends while it stays open
    leaves: str = ""  # the kind of the request for the next page, "" if it is not recorded
    via: str = ""  # the relation whose host redirects the tab to the next page
    sets: bool = False
    removes: bool = False
    late: bool = False  # wait until the cookies are older than FRESH


@dataclass(frozen=True)
class Walk:
    """The cookies that are set, by a word for each, and the pages that are visited in turn.

    On a late page the tab waits until the cookies are `wait` seconds old.
    """

    cookies: Mapping[str, str]
    pages: tuple[Page, ...]
    wait: float = LATE

    def set_cookie_lines(self, run: str, place: str = SAME) -> list[str]:
        """Return the Set-Cookie lines; the value is the run's name, which marks our cookies."""
        return [f"{cookie_name(word, place)}={run}; {rest}" for word, rest in self.cookies.items()]

    @property
    def seconds(self) -> float:
        """How long a page of this walk waits on purpose."""
        return self.wait if any(page.late for page in self.pages) else 0


def cookie_name(word: str, place: str = SAME) -> str:
    """Return the name of the cookie that the table calls `word`, set by our server at `place`.

    Over TLS the name is another one: http and https share a jar, but not every cookie in it.
    """
    return PREFIX + re.sub(r"\W+", "-", word).strip("-") + (".tls" if place == SCHEME else "")


def walk(
    cookies: Mapping[str, str] = COOKIES,
    relations: tuple[str, ...] = RELATIONS,
    late: bool = False,
) -> Walk:
    """Return the walk that sets `cookies` (word to attributes) and asks from all `relations`.

    `late` adds the form that is sent when the cookies are older than two minutes. ValueError for
    an unknown relation, and for two words that give the same cookie name.
    """
    unknown = [one for one in relations if one not in HOSTS]
    if unknown:
        raise ValueError(f"There is no relation {unknown[0]!r}; there are {', '.join(HOSTS)}.")
    if len({cookie_name(word) for word in cookies}) < len(cookies):
        raise ValueError("Two of the cookies would have the same name.")
    return Walk(dict(cookies), tuple(walk_pages(relations, late)))


def walk_pages(relations: tuple[str, ...], late: bool) -> Iterator[Page]:
    """Yield the pages that ask from all `relations`; `late`: once more after two minutes."""
    others = [one for one in relations if one not in (PLAIN, TO_TLS)]
    yield Page(SAME, SAME, OF_OWN_PAGE, sets=True)
    for relation in others:
        yield from _asking(relation)
    if TO_TLS in relations:
        yield from _asking_over_tls(late)
    for relation in others if late else ():
        yield from _asking_late(relation)
    yield Page(SAME, SAME, removes=True)
    if TO_TLS in relations:
        yield Page(SCHEME, TO_TLS, removes=True)
    if PLAIN in relations:
        yield Page(PLAIN, PLAIN, OF_OWN_PAGE, sets=True)
        yield Page(PLAIN, PLAIN, removes=True)


def _asking_over_tls(late: bool) -> Iterator[Page]:
    """Yield the pages that ask our server over TLS, which sets cookies of its own."""
    yield Page(SAME, SAME)  # the page before leads here
    yield Page(SCHEME, TO_TLS, OF_OWN_PAGE, sets=True)
    yield from _asking(TO_TLS)
    yield from _asking_late(TO_TLS) if late else ()
    yield Page(SCHEME, TO_TLS)


def _asking_late(relation: str) -> Iterator[Page]:
    yield Page(home(relation), relation, late=True)
    yield Page(relation, relation, leaves="form-post-late")


def _asking(relation: str) -> Iterator[Page]:
    """Yield the pages of one relation, in turn at our server and at the other."""
    ours = home(relation)
    yield Page(ours, relation, leaves="" if relation == SAME else "other-page")
    yield Page(relation, relation, OF_OTHER_PAGE, leaves="link")
    yield Page(ours, relation, ("then-fetch",), leaves="reload")
    yield Page(ours, relation)
    for kind in ("form-get", "refresh", "form-post"):
        yield Page(relation, relation, leaves=kind)
        if kind != "form-post":
            yield Page(ours, relation)
    yield Page(ours, relation, leaves="bounce-link", via=relation)
    yield Page(ours, relation, leaves="bounce-post", via=relation)
