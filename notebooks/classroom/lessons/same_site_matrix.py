"""Which SameSite value is sent with which request, in both browsers, as one table.

Left out: third-party cookies and redirects through another site; data/browser-truth.json has
everything that was measured.
"""

from classroom.browser_model import Browser
from classroom.display.table import Table

SITE = "http://trax.localhost/"
EVIL, SIBLING = "http://evil.localhost/", "http://blog.trax.localhost/"
VALUES = {
    "absent": "",
    "Lax": "; SameSite=Lax",
    "Strict": "; SameSite=Strict",
    "None; Secure": "; SameSite=None; Secure",
    "None": "; SameSite=None",
}
LATER = 180  # seconds; for two minutes Chromium makes an exception
# The requests in their order; the clock moves on before the third.
REQUESTS = {
    "link": {"kind": "link", "initiator": EVIL},
    "form": {"method": "POST", "kind": "form", "initiator": EVIL},
    "form, 3 min later": {"method": "POST", "kind": "form", "initiator": EVIL},
    "fetch": {"kind": "fetch", "credentials": "include", "initiator": EVIL},
    "sibling's form": {"method": "POST", "kind": "form", "initiator": SIBLING},
}


def same_site_matrix() -> Table:
    """Return a row for each browser and SameSite value, with a word for each kind of request.

    The word is "sent", "–" (not sent), or "not stored" if the browser blocked the Set-Cookie line.
    """
    rows = [row(name, value) for name in ("chromium", "firefox") for value in VALUES]
    return Table(rows, faint="–")


def row(name: str, value: str) -> dict[str, str]:
    """Return what the browser `name` does with a cookie of one of VALUES, set by our own page."""
    browser = Browser(name)
    stored = browser.receive(SITE, "c=1" + VALUES[value])[0].verdict == "stored"
    found = {"browser": browser.profile.engine, "SameSite": value}
    for what, how in REQUESTS.items():
        browser.later(LATER if "later" in what else 0)
        sent = browser.request(SITE, **how).names
        found[what] = "sent" if sent else "–" if stored else "not stored"
    return found
