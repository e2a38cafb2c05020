"""Requests that pages of other origins send to /api/playlists from Ada's browser.

A browser asks for no permission (preflight) before any of them. Ada's cookie is SameSite=None here,
so the browser sends it with each form: only the route's own check can stop them.
"""

import json
import re
from collections.abc import Iterator
from urllib.parse import urlencode

from classroom.attacks.text_plain_form import text_plain_form
from classroom.checking.browser_visit import SITE, BrowserVisit
from classroom.checking.visit import Visit
from classroom.exchanges.exchange import Exchange

PATH = "/api/playlists"
PASSWORD = "midnight train to georgia"
EVIL, SIBLING, PORT = "http://evil.localhost", f"{SITE.replace('//', '//blog.')}", f"{SITE}:9999"
SCHEME = SITE.replace("http:", "https:")  # our own host, and another origin
BEGINNING = "http://trax.local"  # our own address begins like it, and does not end there
SANDBOXED = "null"  # the Origin of a sandboxed frame
OTHERS = (EVIL, SIBLING, PORT, SANDBOXED, SCHEME)  # a form of SCHEME says null as well
NAME = "Mallory's mix"
FORM = {"kind": "form"}
FETCH = {"kind": "fetch", "credentials": "include"}
# How a page asks: the body with its type, and the fields of browser_model.Request.
MEANS = {
    "a form": ((urlencode({"name": NAME}).encode(), "application/x-www-form-urlencoded"), FORM),
    "a text/plain form": ((text_plain_form({"name": NAME})[0], "text/plain"), FORM),
    "a fetch of text/plain": ((json.dumps({"name": NAME}).encode(), "text/plain"), FETCH),
    "a beacon without a type": ((json.dumps({"name": NAME}).encode(), ""), {"kind": "beacon"}),
}


def browsers(visit: Visit) -> Iterator[BrowserVisit]:
    """Yield Chromium and Firefox with Sec-Fetch-*, then both without; their jars are empty."""
    for metadata in (True, False):
        for name in ("chromium", "firefox"):
            yield BrowserVisit(visit, name, fetch_metadata=metadata)


def guards(visit: Visit, others: tuple[str, ...]) -> None:
    """Check that our page and a typed address get in, and no page of the `others`.

    A program, which sends neither header, may get in or be rejected: that is a choice.
    """
    ada = visit.sign_up("ada@trax.test", PASSWORD)
    line = re.sub(r"(?i)samesite=\w+", "SameSite=None", ada.cookies[0])
    for browser in browsers(visit):
        browser.receive(SITE, line)
        _lets_in(visit, browser)
        for other in others:
            _keeps_out(visit, browser, other)
    program = visit.post(PATH, cookie=ada, json={"name": "from a program"})
    let_in_or_refused(visit, program, "adds a playlist")
    for other in others:  # a browser asks first, but the answer may be a CORS rule that is too open
        json_too = visit.post(PATH, cookie=ada, json={"name": NAME}, headers={"Origin": other})
        visit.expect(json_too.status == 403, f"JSON of {other} is answered 403", json_too)
    by_mallory = [row for row in _stored(visit) if row["name"] == NAME]
    visit.expect(not by_mallory, "no page of another origin has added a playlist, even later")


def let_in_or_refused(visit: Visit, program: Exchange, what: str) -> None:
    """Expect that a program, whose request has neither header, gets in or is answered 403."""
    chosen = program.status < 300 or program.status == 403
    visit.expect(chosen, f"a program, with neither header, {what} or is answered 403", program)


def by(browser: BrowserVisit, page: str, means: str = "a form") -> str:
    """Return in words where a request starts, for the reason of a check."""
    where = "" if browser.fetch_metadata else "without Sec-Fetch-*, "
    return where + (f"{means} with Origin: null" if page == SANDBOXED else f"{means} of {page}")


def _lets_in(visit: Visit, browser: BrowserVisit) -> None:
    before = _stored(visit)
    added = browser.send(PATH, "POST", json={"name": "November rain"})
    good = added.status < 300 and len(_stored(visit)) > len(before)
    visit.expect(good, f"{by(browser, SITE, 'a fetch')}, our own page, adds a playlist", added)
    listed = browser.send(PATH)
    visit.expect(listed.status == 200, "our own page gets the list", listed)
    typed = browser.send(PATH, kind="link", initiator=None)
    visit.expect(typed.status == 200, "a typed address gets the list", typed)


def _keeps_out(visit: Visit, browser: BrowserVisit, other: str) -> None:
    for means, (body, how) in MEANS.items():
        before, form = _stored(visit), by(browser, other, means)
        answer = browser.send(PATH, "POST", body=body, initiator=other, **how)
        # Without a cookie it is nobody's request, and a route may say that first.
        nobody = answer.status == 401 and "cookie" not in dict(answer.request_headers)
        visit.expect(answer.status == 403 or nobody, f"{form} is answered 403", answer)
        visit.expect(_stored(visit) == before, f"{form} is answered 403, and adds nothing", answer)


def _stored(visit: Visit) -> list[dict[str, object]]:
    return visit.stolen_table("playlists")
