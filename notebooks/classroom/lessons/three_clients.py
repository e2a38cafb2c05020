"""One answer with a cookie in three clients: `requests`, and the model browser as both browsers.

`requests` is asked for real: what it kept lies in its jar, what it sends stands in its request.
Left out: Safari, and whatever a person clicks.
"""

from collections.abc import Iterator, Sequence
from urllib.parse import urljoin

import requests

from classroom.browser_model import Decision, LiveBrowser, Sent, wire
from classroom.browser_model.decision import rfc
from classroom.browser_model.set_cookie import parse
from classroom.browser_model.stored import about
from classroom.lessons.three_clients_view import Clients, Tried

SCRIPT = "document.cookie"
FORM = "form of another site"
ELSEWHERE = "http://evil.localhost/"
SECONDS = 10


def three_clients(url: str, then: Sequence[str] = ()) -> Clients:
    """POST to `url` of the course's server with each client, and try what `then` names.

    A path is asked for by a page of the same origin; SCRIPT is a script of such a page that reads,
    FORM a form of another site that posts to it. Raises requests.RequestException, and ValueError
    unless the answer carries one Set-Cookie line.
    """
    with requests.Session() as session:
        session.trust_env = False
        lines = wire.set_cookie_lines(session.post(url, timeout=SECONDS))
        if len(lines) != 1:
            raise ValueError(f"one Set-Cookie line was expected, and there were {len(lines)}")
        tried = [_kept(session, parse(lines[0]).name)]
        tried += [Tried("requests", what, _sent(session, url, what)) for what in then]
    for name in ("chromium", "firefox"):
        tried += _by_browser(LiveBrowser(name), url, then)
    return Clients(lines[0], tuple(tried))


def _kept(session: requests.Session, name: str) -> Tried:
    """Say whether a cookie lies in the jar of `requests`, and for how long."""
    cookie = next((one for one in session.cookies if one.name == name), None)
    # Counted from the jar's own "now", a whole second: the same number in every run.
    left = cookie and cookie.expires and cookie.expires - session.cookies._now
    return Tried("requests", "kept", _life(left) if cookie else "no")


def _sent(session: requests.Session, url: str, what: str) -> str:
    """Say whether `requests` sends what its jar holds."""
    if what == SCRIPT:
        return "–"  # there are no pages and no scripts in it
    method = "POST" if what == FORM else "GET"
    answer = session.request(method, urljoin(url, "/" if what == FORM else what), timeout=SECONDS)
    return "sent" if "Cookie" in answer.request.headers else "–"


def _by_browser(browser: LiveBrowser, url: str, then: Sequence[str]) -> Iterator[Tried]:
    client = browser.profile.engine
    (received,) = browser.fetch(url, "POST", kind="fetch", initiator=url).received
    ends = [one.expires and one.expires - browser.now for one in browser.cookies]
    yield Tried(client, "kept", _life(ends[0]) if ends else "no", _remark(received))
    for what in then:
        decisions = _ask(browser, url, what).decisions
        word = "sent" if any(one.verdict == "sent" for one in decisions) else "–"
        words = {"sent": "read", "–": "–"} if what == SCRIPT else {}
        yield Tried(client, what, words.get(word, word), "; ".join(map(_remark, decisions)))


def _ask(browser: LiveBrowser, url: str, what: str) -> Sent:
    page = urljoin(url, "/")
    if what == SCRIPT:
        return browser.request(page, kind=SCRIPT, initiator=page)
    if what == FORM:
        return browser.request(page, "POST", kind="form", initiator=ELSEWHERE)
    return browser.request(urljoin(url, what), kind="fetch", initiator=page)


def _remark(one: Decision) -> str:
    """Return the reason as far as it is worth reading: not that all is as usual."""
    why = one.reason
    if one.verdict == "stored":
        special = why.source != rfc("5.7")
        return f"{why.sentence.partition('; ')[2]} ({why.source})" if special else ""
    return "" if why.sentence.startswith("same-origin") else str(why)


def _life(seconds: float | None) -> str:
    return f"for {about(seconds)}" if seconds else "until closed"
