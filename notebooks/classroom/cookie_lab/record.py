"""What arrived during one walk, as the server saw it: the oracle of the lab.

Of the cookies only those that the walk itself set are noted; a browser may send others along,
JupyterLab's among them. Left out: bodies, but for what a script reports of `document.cookie`.
"""

import threading
import time
from dataclasses import dataclass

from starlette.requests import Request

from classroom.cookie_lab.relations import ours
from classroom.cookie_lab.walk import Walk, cookie_name

Key = tuple[str, str]  # relation, way


@dataclass(frozen=True)
class Arrival:
    """One request as it arrived; `cookies` are the words of the walk's own."""

    relation: str
    way: str
    method: str
    host: str
    cookies: frozenset[str]
    origin: str | None = None
    site: str | None = None  # Sec-Fetch-Site
    content_type: str | None = None


class Run:
    """One walk of one browser: what has arrived so far, and how far it is."""

    def __init__(self, name: str, walk: Walk) -> None:
        """Begin with nothing arrived; `name` is the value of the cookies."""
        self.name, self.walk = name, walk
        self.agent = ""  # how the browser calls itself
        self.over = threading.Event()
        self._arrivals: dict[Key, Arrival] = {}
        self._visited: set[int] = set()
        self._set_at = 0.0
        self._lock = threading.Lock()  # each port has a thread

    @property
    def done(self) -> int:
        """How many pages have been visited."""
        return len(self._visited)

    def enter(self, number: int, agent: str = "") -> int:
        """Note a visit to a page and return its number, a reload being the next page."""
        with self._lock:
            reloaded = number in self._visited and self.walk.pages[number].leaves == "reload"
            number += reloaded
            self._visited.add(number)
            self.agent = agent
            if self.walk.pages[number].sets:
                self._set_at = time.monotonic()
            return number

    def set_cookies(self, number: int) -> list[str]:
        """Return the Set-Cookie lines of a page's answer; the last page removes the cookies."""
        page = self.walk.pages[number]
        end = "; Max-Age=0" if page.removes else ""
        lines = self.walk.lines(self.name, ours(page.relation))
        return [line + end for line in lines if page.sets or page.removes]

    def age(self) -> float:
        """Return how many seconds ago the cookies were set."""
        return time.monotonic() - self._set_at

    def note(self, arrival: Arrival) -> None:
        """Note an arrival; a second one of the same kind, such as a retry, changes nothing."""
        with self._lock:
            self._arrivals.setdefault((arrival.relation, arrival.way), arrival)

    def has_all(self, number: int) -> bool:
        """Tell whether all has arrived that a page asks for."""
        page, arrivals = self.walk.pages[number], self.snapshot()
        return all((page.relation, way) in arrivals for way in page.asks)

    def ours(self, header: str, relation: str) -> frozenset[str]:
        """Return the words of our cookies in a Cookie header, or in `document.cookie`."""
        home, cookies = ours(relation), self.walk.cookies
        words = {f"{cookie_name(word, home)}={self.name}": word for word in cookies}
        pairs = (pair.strip() for pair in header.split(";"))
        return frozenset(words[pair] for pair in pairs if pair in words)

    def snapshot(self) -> dict[Key, Arrival]:
        """Return what has arrived, as it is now."""
        with self._lock:
            return dict(self._arrivals)


def arrival(
    run: Run, request: Request, relation: str, way: str, reported: str | None = None
) -> Arrival:
    """Return a request as it is noted; `reported` is what a script says that it could read."""
    told = request.headers.get
    return Arrival(
        relation,
        way,
        request.method,
        host=told("host", ""),
        cookies=run.ours(told("cookie", "") if reported is None else reported, relation),
        origin=told("origin"),
        site=told("sec-fetch-site"),
        content_type=told("content-type"),
    )
