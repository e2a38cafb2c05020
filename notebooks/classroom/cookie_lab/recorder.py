"""Record the requests that arrive during one walk; the lab reads its results from this alone.

Only the cookies that the walk itself set are recorded. A browser may send others, such as
JupyterLab's. Bodies are not kept, except a script's report of `document.cookie`.
"""

import threading
import time
from dataclasses import dataclass

from starlette.requests import Request

from classroom.cookie_lab.request_kinds import home
from classroom.cookie_lab.walk import FRESH, Walk, cookie_name

Key = tuple[str, str]  # relation, request kind


@dataclass(frozen=True)
class ReceivedRequest:
    """One request as it arrived; `cookies` are the words of the walk's own cookies."""

    relation: str
    kind: str
    method: str
    host: str
    cookies: frozenset[str]
    origin: str | None = None
    site: str | None = None  # Sec-Fetch-Site
    content_type: str | None = None


class Run:
    """One walk of one browser: the requests so far, and the pages that it has visited.

    `finished` is set when the last page was requested: only then has everything been sent.
    `gave_up` says why we stopped waiting for that, and is "" if we did not.
    """

    def __init__(self, name: str, walk: Walk) -> None:
        """Begin with no request; `name` is the value of the cookies."""
        self.name, self.walk = name, walk
        self.agent = ""  # the browser's name and version
        self.finished = threading.Event()
        self.gave_up = ""
        self._requests: dict[Key, ReceivedRequest] = {}
        self._visited: set[int] = set()
        self._last_request = self._cookies_sent = self._cookies_set = time.monotonic()
        self._lock = threading.Lock()  # each port has a thread

    @property
    def pages_visited(self) -> int:
        """How many pages have been visited."""
        return len(self._visited)

    def enter(self, number: int, agent: str = "") -> int:
        """Record a visit to a page and return its number; a reload counts as the next page."""
        with self._lock:
            reloaded = number in self._visited and self.walk.pages[number].leaves == "reload"
            number += reloaded
            self._visited.add(number)
            self.agent = agent
            self._last_request = now = time.monotonic()
            if self.walk.pages[number].sets:
                self._cookies_sent = now
            # Only the request for the next page proves that the browser has the cookies.
            if self.walk.pages[number].sets or (number and self.walk.pages[number - 1].sets):
                self._cookies_set = now
            return number

    def set_cookies(self, number: int) -> list[str]:
        """Return the Set-Cookie lines of a page's response; the last page removes the cookies."""
        page = self.walk.pages[number]
        end = "; Max-Age=0" if page.removes else ""
        lines = self.walk.set_cookie_lines(self.name, home(page.relation))
        return [line + end for line in lines if page.sets or page.removes]

    def cookie_age(self) -> float:
        """Return for how many seconds the browser has had the cookies, at least."""
        return time.monotonic() - self._cookies_set

    def idle(self) -> float:
        """Return how many seconds ago the last request arrived."""
        return time.monotonic() - self._last_request

    def record(
        self, request: Request, relation: str, kind: str, reported: str | None = None
    ) -> None:
        """Record a request; `reported` is what a script says that it could read.

        A second one of the same kind, such as a retry, changes nothing. A form that should have
        been sent while the cookies were fresh, and was not, says nothing: it is not recorded.
        """
        header = request.headers.get
        received = ReceivedRequest(
            relation,
            kind,
            request.method,
            host=header("host", ""),
            cookies=self._own_words(
                header("cookie", "") if reported is None else reported, relation
            ),
            origin=header("origin"),
            site=header("sec-fetch-site"),
            content_type=header("content-type"),
        )
        with self._lock:
            self._last_request = now = time.monotonic()
            if kind != "form-post" or now - self._cookies_sent < FRESH:
                self._requests.setdefault((relation, kind), received)

    def has_all(self, number: int) -> bool:
        """Return True if all requests of a page have arrived."""
        page, requests = self.walk.pages[number], self.snapshot()
        return all((page.relation, kind) in requests for kind in page.asks)

    def snapshot(self) -> dict[Key, ReceivedRequest]:
        """Return the requests so far, as a copy."""
        with self._lock:
            return dict(self._requests)

    def _own_words(self, header: str, relation: str) -> frozenset[str]:
        """Return the words of our cookies in a Cookie header, or in `document.cookie`."""
        place, cookies = home(relation), self.walk.cookies
        words = {f"{cookie_name(word, place)}={self.name}": word for word in cookies}
        pairs = (pair.strip() for pair in header.split(";"))
        return frozenset(words[pair] for pair in pairs if pair in words)
