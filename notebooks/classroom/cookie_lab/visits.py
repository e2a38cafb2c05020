"""The pages of a walk in turn: where each is, what it asks for, and by which way it is left.

Left out: which cookies are set (walk.py), and what the script of a page does (tasks.py).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from classroom.cookie_lab.relations import PLAIN, SAME, SCHEME, TO_TLS, ours
from classroom.cookie_lab.ways import OF_OTHER_PAGE, OF_OWN_PAGE


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


def visits(relations: tuple[str, ...], late: bool) -> Iterator[Page]:
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
    yield Page(SAME, SAME)  # to which the page before leads
    yield Page(SCHEME, TO_TLS, OF_OWN_PAGE, sets=True)
    yield from _asking(TO_TLS)
    yield from _asking_late(TO_TLS) if late else ()
    yield Page(SCHEME, TO_TLS)


def _asking_late(relation: str) -> Iterator[Page]:
    yield Page(ours(relation), relation, late=True)
    yield Page(relation, relation, leaves="form-post-late")


def _asking(relation: str) -> Iterator[Page]:
    """Yield the pages of one relation, in turn at our server and at the other."""
    home = ours(relation)
    yield Page(home, relation, leaves="" if relation == SAME else "other-page")
    yield Page(relation, relation, OF_OTHER_PAGE, leaves="link")
    yield Page(home, relation, ("then-fetch",), leaves="reload")
    yield Page(home, relation)
    for way in ("form-get", "refresh", "form-post"):
        yield Page(relation, relation, leaves=way)
        if way != "form-post":
            yield Page(home, relation)
    yield Page(home, relation, leaves="bounce-link", via=relation)
    yield Page(home, relation, leaves="bounce-post", via=relation)
