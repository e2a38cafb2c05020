"""What walk.js has to do on one page: what to ask for, when to leave, and by which way.

Left out: how it does that (pages/walk.js).
"""

from collections.abc import Callable

from classroom.cookie_lab.record import Run
from classroom.cookie_lab.relations import ours
from classroom.cookie_lab.visits import Page
from classroom.cookie_lab.ways import BY_THE_FRAME, how


def tasks(run: Run, number: int, url: Callable[[str, str], str]) -> dict[str, object]:
    """Return the tasks of page `number`; `url` makes one of a relation and a path."""
    page = run.walk.pages[number]
    here, asked = f"/walk/{run.name}/{number}", ours(page.relation)
    ways = [way for way in page.asks if way not in BY_THE_FRAME]
    return {
        "page": number + 1,
        "pages": len(run.walk.pages),
        "asks": [{"how": how(way), "url": url(asked, f"{here}/ask/{way}")} for way in ways],
        "arrived": f"{here}/arrived" if ways else "",
        "wait": max(0.0, run.walk.wait - run.age()) if page.late else 0,
        "leaves": how(page.leaves) if page.leaves else "go",
        "to": _to(run, number + 1, page, url),
    }


def _to(run: Run, number: int, page: Page, url: Callable[[str, str], str]) -> str:
    """Return where the page leads: to the next one, by way of another host or not, or the end."""
    if number == len(run.walk.pages):
        return url(page.at, f"/walk/{run.name}/over")
    there = f"/walk/{run.name}/{number}"
    return url(page.via, f"{there}/bounce") if page.via else url(run.walk.pages[number].at, there)
