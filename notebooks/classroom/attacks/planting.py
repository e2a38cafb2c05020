"""A script evicts an HttpOnly cookie that it cannot read, and sets its own of that name.

A browser keeps at most 180 cookies of a site; the next one makes it remove about 30 others
(measured in both browsers, data/README.md). So a script that sets 200 more evicts the older ones.
How a script gets into the page is XSS, lesson 09. A sibling needs no script: `removing.py`.
"""

from collections.abc import Sequence

from classroom.browser_model import Browser, Decisions
from classroom.display.table import Table

MANY = 200
PAGE = "http://trax.localhost/"


def plant(browser: Browser, page: str, name: str, value: str) -> Decisions:
    """Let a script on `page` flood the jar, then set `name`; return the decisions on `name`."""
    before = len(browser.history)
    for number in range(MANY):
        # Secure: cookies without it are removed first, and so would be the script's own.
        browser.set_from_script(page, f"flood{number}=1; Path=/; Secure")
    browser.set_from_script(page, f"{name}={value}; Path=/; Secure")
    return Decisions(one for one in browser.history[before:] if one.name == name)


def plant_each(names: Sequence[str]) -> Table:
    """Plant "mallory" over an HttpOnly "ada" under each name, in both browsers.

    A row says if Ada's cookie is evicted, if Mallory's is stored, and whose cookie the server sees.
    """
    return Table([_row(name, engine) for name in names for engine in ("chromium", "firefox")])


def _row(name: str, engine: str) -> dict[str, str]:
    browser = Browser(engine)
    browser.receive(PAGE, f"{name}=ada; Path=/; Secure; HttpOnly; SameSite=Lax")
    verdicts = [one.verdict for one in plant(browser, PAGE, name, "mallory")]
    arriving = browser.request(PAGE).cookie_header.split("; ")
    sent = dict(pair.split("=") for pair in arriving)
    return {
        "name": name,
        "browser": browser.profile.engine,
        "Ada's": "evicted" if "evicted" in verdicts else "stays",
        "Mallory's": verdicts[-1],
        "server sees": sent.get(name, "nobody"),
    }
