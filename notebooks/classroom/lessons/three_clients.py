"""One Set-Cookie line in three clients: `requests`, and the model browser as Chromium and Firefox.

`requests` really sends its requests: its jar shows what it keeps, its request what it sends.
Left out: Safari.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urljoin

import requests
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from classroom.browser_model import (
    Decision,
    LiveBrowser,
    Sent,
    direct_session,
    parse,
    set_cookie_lines,
)
from classroom.browser_model.decisions import rfc
from classroom.display import html
from classroom.display.displayable import Displayable
from classroom.display.labels import split_volatile
from classroom.display.table import Table
from classroom.display.text import cut, duration, plain
from classroom.server.server import Server

SCRIPT = "document.cookie"
FORM = "form of another site"
EVIL = "http://evil.localhost/"
TIMEOUT = 10  # seconds
NOT_ONE = "One Set-Cookie line was expected. The response, with status {}, has {} of them."
WIDTH = 90  # characters of the Set-Cookie line that are shown


@dataclass(frozen=True)
class Result:
    """What one client did in one column of the table, and why; "" if there is nothing to say."""

    client: str
    column: str
    word: str
    why: str = ""


@dataclass(frozen=True, repr=False)
class Clients(Displayable):
    """The Set-Cookie line that the server sent, and what each client did with it."""

    line: str
    results: tuple[Result, ...]

    @property
    def table(self) -> Table:
        """A row for each client: whether and how long it keeps the cookie, then each step."""
        rows: dict[str, dict[str, str]] = {}
        for one in self.results:
            rows.setdefault(one.client, {"client": one.client})[one.column] = one.word
        plain = ("client", *(one.column for one in self.results))
        return Table(list(rows.values()), plain=plain, faint="–")

    @property
    def reasons(self) -> list[str]:
        """The reasons that the browsers give; a reason that both give appears once."""
        given: dict[tuple[str, str], list[str]] = {}
        for one in self.results:
            if one.why:
                given.setdefault((one.column, one.why), []).append(one.client)
        return [
            f"{column}, in {'both browsers' if len(who) > 1 else who[0]}: {why}"
            for (column, why), who in given.items()
        ]

    def as_text(self) -> str:
        """Return the line, the table, and the reasons."""
        head = plain(cut(split_volatile(f"Set-Cookie: {self.line}"), WIDTH))
        return "\n".join([head, self.table.as_text(), *self.reasons])

    def as_html(self) -> Markup:
        """Return the same as HTML."""
        head = cut(split_volatile(f"Set-Cookie: {self.line}"), WIDTH)
        return html.render("three_clients", head=head, table=self.table, reasons=self.reasons)


def three_clients(url: str, then: str | Sequence[str] = ()) -> Clients:
    """POST to `url` of the course's server with each client, then take each step in `then`.

    A step (one, or a list of them) is a path, which a page of the same origin fetches; SCRIPT, a
    script of such a page that reads `document.cookie`; or FORM, a form of another site that posts
    to the server. Raises requests.RequestException, and ValueError unless the response has exactly
    one Set-Cookie line.
    """
    then = [then] if isinstance(then, str) else then
    with direct_session() as session:
        response = session.post(url, timeout=TIMEOUT)
        lines = set_cookie_lines(response)
        if len(lines) != 1:
            raise ValueError(NOT_ONE.format(response.status_code, len(lines)))
        results = [_kept_by_requests(session, parse(lines[0]).name)]
        results += [
            Result("requests", step, _sent_by_requests(session, url, step)) for step in then
        ]
    for name in ("chromium", "firefox"):
        results += _by_browser(LiveBrowser(name), url, then)
    return Clients(lines[0], tuple(results))


def try_cookie(
    server: Server,
    then: str | Sequence[str] = "/health",
    value: str = "ada",
    **attributes: object,
) -> Clients:
    """Plug in a sign-in that sets one cookie, and ask it as `three_clients` does.

    `attributes` are those of Starlette's `response.set_cookie("TRAX", value, ...)`. Raises as
    `set_cookie` and `three_clients` do.
    """
    Response().set_cookie("TRAX", value, **attributes)  # so a misspelt attribute is said here

    async def signin(request: Request) -> Response:
        response = JSONResponse({"hello": "Ada"})
        response.set_cookie("TRAX", value, **attributes)
        return response

    server.plug("signin", signin)
    return three_clients(server.url + "/api/signin", then)


def _kept_by_requests(session: requests.Session, name: str) -> Result:
    """Return whether a cookie lies in the jar of `requests`, and for how long."""
    cookie = next((one for one in session.cookies if one.name == name), None)
    # Counted from the jar's own "now", a whole second: the same number in every run.
    left = cookie and cookie.expires and cookie.expires - session.cookies._now
    return Result("requests", "kept", _life(left) if cookie else "no")


def _sent_by_requests(session: requests.Session, url: str, step: str) -> str:
    """Return whether `requests` sends the cookie in its jar."""
    if step == SCRIPT:
        return "–"  # it has no pages and no scripts
    method = "POST" if step == FORM else "GET"
    path = "/" if step == FORM else step
    response = session.request(method, urljoin(url, path), timeout=TIMEOUT)
    return "sent" if "Cookie" in response.request.headers else "–"


def _by_browser(browser: LiveBrowser, url: str, then: Sequence[str]) -> Iterator[Result]:
    client = browser.profile.engine
    (received,) = browser.fetch(url, "POST", kind="fetch", initiator=url).received
    ends = [one.expires and one.expires - browser.now for one in browser.cookies]
    yield Result(client, "kept", _life(ends[0]) if ends else "no", _remark(received))
    for step in then:
        decisions = _send(browser, url, step).decisions
        sent = any(one.verdict == "sent" for one in decisions)
        word = ("read" if step == SCRIPT else "sent") if sent else "–"
        yield Result(client, step, word, "; ".join(map(_remark, decisions)))


def _send(browser: LiveBrowser, url: str, step: str) -> Sent:
    page = urljoin(url, "/")
    if step == SCRIPT:
        return browser.request(page, kind=SCRIPT, initiator=page)
    if step == FORM:
        return browser.request(page, "POST", kind="form", initiator=EVIL)
    return browser.request(urljoin(url, step), kind="fetch", initiator=page)


def _remark(one: Decision) -> str:
    """Return the reason of a decision; "" for an ordinary one, which needs none."""
    why = one.reason
    if one.verdict == "stored":
        special = why.source != rfc("5.7")
        return f"{why.sentence.partition('; ')[2]} ({why.source})" if special else ""
    return "" if why.sentence.startswith("same-origin") else str(why)


def _life(seconds: float | None) -> str:
    return f"for {duration(seconds)}" if seconds else "until closed"
