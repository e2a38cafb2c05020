"""A walk as data: which cookies are set, and which pages a tab then visits.

The tab walks by itself, so a student's own browser does the same as one without a window. Left
out: the pages one by one (visits.py).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from classroom.cookie_lab.relations import HOSTS, RELATIONS, SAME, SCHEME
from classroom.cookie_lab.visits import Page, visits

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
class Walk:
    """The cookies that are set, by a word for each, and the pages that are visited in turn."""

    cookies: Mapping[str, str]
    pages: tuple[Page, ...]
    wait: float = LATE  # the age in seconds that the cookies have reached on a late page

    def lines(self, run: str, home: str = SAME) -> list[str]:
        """Return the Set-Cookie lines; the value is the run's, so an older cookie is not ours."""
        return [f"{cookie_name(word, home)}={run}; {rest}" for word, rest in self.cookies.items()]

    @property
    def seconds(self) -> float:
        """How long it waits on the way."""
        return self.wait if any(page.late for page in self.pages) else 0


def cookie_name(word: str, home: str = SAME) -> str:
    """Return the name of the cookie for which the table says `word`, set by our server at `home`.

    Over TLS it is another: http and https share a jar, yet not every cookie in it.
    """
    return PREFIX + re.sub(r"\W+", "-", word).strip("-") + (".tls" if home == SCHEME else "")


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
    return Walk(dict(cookies), tuple(visits(relations, late)))
