"""The model browser: a cookie jar with a browser's rules, which gives a reason for each decision.

Left out: the network (`live_browser.py` adds it), pages, scripts, CORS, the Storage Access API. The
clock stands still except for `later`.
"""

from datetime import UTC, datetime

from classroom.browser_model import send_rules, store_rules
from classroom.browser_model.cookie import Cookie, CookieTable
from classroom.browser_model.decisions import NOTED, Decision, Decisions, Reason, Sent, rfc
from classroom.browser_model.incoming import IncomingCookie, why_stored
from classroom.browser_model.jar import Jar
from classroom.browser_model.profiles import find
from classroom.browser_model.request import Request
from classroom.browser_model.send_rules import Candidate
from classroom.browser_model.set_cookie import parse
from classroom.browser_model.sites import host, registrable_domain, trustworthy

START = datetime(2026, 11, 23, 12, tzinfo=UTC).timestamp()
EXPIRED = Reason("it has expired", rfc("5.7"))
REMOVED = Reason("it has expired already, so the stored one is removed", rfc("5.7"))
NOT_THERE = Reason(
    "it has expired already, and no stored cookie has its name, Domain and Path", rfc("5.7")
)
FULL = Reason(
    "its site has more than 180 cookies: those unused for longest are removed, Secure ones last",
    NOTED,
)
CLEARED_HOST = Reason('Clear-Site-Data: "cookies" of its host', NOTED)
CLEARED_SITE = Reason('Clear-Site-Data: "cookies" of a host of its site', NOTED)


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
        """All decisions so far."""
        return Decisions(self._history)

    def receive(self, url: str, set_cookie: str | list[str], **how: object) -> Decisions:
        """Receive the Set-Cookie line or lines of a response from `url`; return the decisions.

        `how` the request was made: the fields of `Request`, such as `initiator=...`.
        """
        return self.receive_for(Request(url, **how), set_cookie)

    def request(self, url: str, method: str = "GET", **how: object) -> Sent:
        """Return the Cookie header of a request to `url`, and a decision for each cookie.

        `how` the request is made: the fields of `Request`, such as `kind="form"`.
        """
        return self.send_with(Request(url, method, **how))

    def receive_for(self, request: Request, set_cookie: str | list[str]) -> Decisions:
        """Receive the Set-Cookie line or lines of the response to `request`."""
        lines = [set_cookie] if isinstance(set_cookie, str) else set_cookie
        return self._noted([one for line in lines for one in self._store(line, request)])

    def send_with(self, request: Request) -> Sent:
        """Return the Cookie header of `request`, and a decision for each cookie."""
        pairs, sent, blocked = [], [], []
        for cookie in self.jar:
            candidate = Candidate(cookie, request, self.profile, self.now)
            reason = send_rules.why_blocked(candidate)
            if reason:
                blocked.append(Decision("blocked", cookie.name, reason))
            else:
                sent.append(Decision("sent", cookie.name, send_rules.why_sent(candidate)))
                pairs.append(cookie.pair)
                self.jar.use(cookie, self.now)
        return Sent("; ".join(pairs), self._noted(sent + blocked))

    def document_cookie(self, url: str, inside: tuple[str, ...] = ()) -> str:
        """Return what a script on the page `url` reads, framed by the pages `inside`."""
        read = self.request(url, kind="document.cookie", initiator=url, inside=inside)
        return read.cookie_header

    def set_from_script(self, url: str, line: str, inside: tuple[str, ...] = ()) -> Decision:
        """Let a script on the page `url` assign `line` to `document.cookie`."""
        return self.receive(url, line, kind="document.cookie", initiator=url, inside=inside)[0]

    def later(self, seconds: float) -> Decisions:
        """Move the clock on; return which cookies have expired."""
        self.now += seconds
        gone = self.jar.purge(self.now)
        return self._noted([Decision("expired", one.name, EXPIRED) for one in gone])

    def clear_site_data(self, url: str) -> Decisions:
        """Obey `Clear-Site-Data: "cookies"` in a response from `url`; ignored over plain http.

        Chromium removes the cookies of the whole site, Firefox those of this very host.
        """
        gone = [one for one in self.jar if trustworthy(url) and self._cleared(one, host(url))]
        for one in gone:
            self.jar.remove(one)
        reason = CLEARED_SITE if self.profile.clears_site else CLEARED_HOST
        return self._noted([Decision("removed", one.name, reason) for one in gone])

    def _cleared(self, cookie: Cookie, by: str) -> bool:
        """Return True if Clear-Site-Data of the host `by` removes a cookie."""
        if self.profile.clears_site:
            return cookie.site == registrable_domain(by)
        return cookie.domain == by and not cookie.partition  # separate jars are left alone

    def _store(self, line: str, request: Request) -> list[Decision]:
        """Put the cookie of a Set-Cookie line into the jar if the rules allow it."""
        incoming = IncomingCookie(
            parse(line, self.profile), request, self.profile, self.jar, self.now
        )
        name, reason = incoming.line.name, store_rules.why_blocked(incoming)
        if reason:
            return [Decision("blocked", name, reason)]
        if incoming.cookie.expired(self.now):  # this is how a server removes a cookie
            removed = self.jar.remove(incoming.cookie)
            verdict, reason = ("removed", REMOVED) if removed else ("ignored", NOT_THERE)
            return [Decision(verdict, name, reason)]
        evicted = self.jar.put(incoming.cookie, self.profile)
        stored = Decision("stored", name, why_stored(incoming))
        return [stored, *(Decision("evicted", one.name, FULL) for one in evicted)]

    def _noted(self, decisions: list[Decision]) -> Decisions:
        self._history += decisions
        return Decisions(decisions)
