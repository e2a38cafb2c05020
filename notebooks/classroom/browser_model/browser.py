"""The model browser: a cookie jar with a browser's rules, which gives a reason for each decision.

Left out: the network (`live.py` adds it), pages, scripts, CORS and the Storage Access API. Time
stands still except for `later`.
"""

from datetime import UTC, datetime

from classroom.browser_model import send, store
from classroom.browser_model.arrival import Arrival
from classroom.browser_model.asked import Asked
from classroom.browser_model.candidate import Candidate
from classroom.browser_model.decision import NOTED, Decision, Decisions, Reason, Sent, rfc
from classroom.browser_model.jar import Jar
from classroom.browser_model.profiles import find
from classroom.browser_model.set_cookie import parse
from classroom.browser_model.sites import host, trustworthy
from classroom.browser_model.table import CookieTable

START = datetime(2026, 11, 23, 12, tzinfo=UTC).timestamp()
OVER = Reason("its time is over", rfc("5.7"))


class Browser:
    """A browser named as in data/browser-truth.json, or just "chromium" or "firefox".

    `third_party_cookies` ("allowed", "blocked", "partitioned") overrides that setting;
    `start` is the time of its clock in epoch seconds. Raises ValueError for unknown names.
    """

    def __init__(
        self, name: str = "chromium", third_party_cookies: str | None = None, start: float = START
    ) -> None:
        """Open with an empty jar."""
        self.profile = find(name, third_party_cookies)
        self.now = start
        self.jar = Jar()
        self._history: list[Decision] = []

    @property
    def cookies(self) -> CookieTable:
        """The cookies in the jar, in the order in which they would be sent."""
        return CookieTable(self.jar, self.now)

    @property
    def history(self) -> Decisions:
        """Everything that was decided so far."""
        return Decisions(self._history)

    def receive(self, url: str, set_cookie: str | list[str], **asked: object) -> Decisions:
        """Take the Set-Cookie line or lines of an answer from `url`; say what became of each.

        `asked` tells how the request came about: the fields of `asked.Asked`.
        """
        return self.answer_to(Asked(url, **asked), set_cookie)

    def request(self, url: str, method: str = "GET", **asked: object) -> Sent:
        """Decide for every cookie of the jar whether it goes along with a request to `url`.

        `asked` tells how the request comes about: the fields of `asked.Asked`.
        """
        return self.sent_with(Asked(url, method, **asked))

    def answer_to(self, asked: Asked, set_cookie: str | list[str]) -> Decisions:
        """Do what `receive` does, for a request that is put together already."""
        lines = [set_cookie] if isinstance(set_cookie, str) else set_cookie
        arrivals = (Arrival(parse(one), asked, self.profile, self.jar, self.now) for one in lines)
        return self._noted([one for arrival in arrivals for one in store.take(arrival)])

    def sent_with(self, asked: Asked) -> Sent:
        """Do what `request` does, for a request that is put together already."""
        pairs, sent, kept = [], [], []
        for cookie in self.jar:
            candidate = Candidate(cookie, asked, self.profile, self.now)
            reason = send.withheld(candidate)
            if reason:
                kept.append(Decision("withheld", cookie.name, reason))
            else:
                sent.append(Decision("sent", cookie.name, send.why_sent(candidate)))
                pairs.append(cookie.pair)
                self.jar.use(cookie)
        return Sent("; ".join(pairs), self._noted(sent + kept))

    def document_cookie(self, url: str, inside: tuple[str, ...] = ()) -> str:
        """Return what a script on the page `url` reads, framed by the pages `inside`."""
        asked = self.request(url, kind="document.cookie", initiator=url, inside=inside)
        return asked.cookie_header

    def set_from_script(self, url: str, line: str, inside: tuple[str, ...] = ()) -> Decision:
        """Let a script on the page `url` assign `line` to `document.cookie`."""
        return self.receive(url, line, kind="document.cookie", initiator=url, inside=inside)[0]

    def later(self, seconds: float) -> Decisions:
        """Move the clock on; return which cookies have expired."""
        self.now += seconds
        gone = self.jar.purge(self.now)
        return self._noted([Decision("expired", one.name, OVER) for one in gone])

    def clear_site_data(self, url: str) -> Decisions:
        """Obey `Clear-Site-Data: "cookies"` in an answer from `url`; ignored over plain http."""
        reason = Reason('Clear-Site-Data: "cookies" of its host', NOTED)
        own = [one for one in self.jar if trustworthy(url) and one.belongs_to(host(url))]
        # Firefox keeps the cookies of separate jars.
        gone = [one for one in own if not (one.partition and self.profile.engine == "Firefox")]
        for one in gone:
            self.jar.remove(one)
        return self._noted([Decision("removed", one.name, reason) for one in gone])

    def _noted(self, decisions: list[Decision]) -> Decisions:
        self._history += decisions
        return Decisions(decisions)
