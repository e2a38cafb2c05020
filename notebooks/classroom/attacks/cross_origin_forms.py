"""Forms that pages of other origins send to /api/playlists from Ada's browser.

Ada's cookie is SameSite=None here, so the browser sends it with each form: only the route's own
check can stop them.
"""

import re
from collections.abc import Iterator
from urllib.parse import urlencode

from classroom.attacks.text_plain_form import text_plain_form
from classroom.checking.browser_visit import SITE, BrowserVisit
from classroom.checking.visit import Visit

PATH = "/api/playlists"
PASSWORD = "midnight train to georgia"
EVIL, SIBLING, PORT = "http://evil.localhost", f"{SITE.replace('//', '//blog.')}", f"{SITE}:9999"
SANDBOXED = "null"  # the Origin of a sandboxed frame
OTHERS = (EVIL, SIBLING, PORT, SANDBOXED)
NAME = "Mallory's mix"
FORMS = {
    "a form": (urlencode({"name": NAME}).encode(), "application/x-www-form-urlencoded"),
    "a text/plain form": (text_plain_form({"name": NAME})[0], "text/plain"),
}


def browsers(visit: Visit) -> Iterator[BrowserVisit]:
    """Yield Chromium and Firefox with Sec-Fetch-*, then both without; their jars are empty."""
    for metadata in (True, False):
        for name in ("chromium", "firefox"):
            yield BrowserVisit(visit, name, fetch_metadata=metadata)


def guards(visit: Visit, others: tuple[str, ...]) -> None:
    """Check that our page, a typed address and a program get in, and no form of the `others`."""
    ada = visit.sign_up("ada@trax.test", PASSWORD)
    line = re.sub(r"(?i)samesite=\w+", "SameSite=None", ada.cookies[0])
    for browser in browsers(visit):
        browser.receive(SITE, line)
        _lets_in(visit, browser)
        for other in others:
            _keeps_out(visit, browser, other)
    program = visit.post(PATH, cookie=ada, json={"name": "from a program"})
    visit.expect(program.status < 300, "a program, with neither header, adds a playlist", program)


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
    for means, body in FORMS.items():
        before, form = _stored(visit), by(browser, other, means)
        answer = browser.send(PATH, "POST", body=body, kind="form", initiator=other)
        visit.expect(answer.status == 403, f"{form} is answered 403", answer)
        visit.expect(_stored(visit) == before, f"{form} is answered 403, and adds nothing", answer)


def _stored(visit: Visit) -> list[dict[str, object]]:
    return visit.stolen_table("playlists")
