"""A sibling removes a cookie that it can neither read nor set, even one named `__Host-…`.

A prefix says who may set a cookie. It does not say who may make the browser remove it. All hosts
of a site share one limit (`browser_model/jar.py`), and Chromium empties the whole site for
Clear-Site-Data. Both were measured (data/README.md). So a page that is not trusted belongs on
another site, not on a sub-domain.
"""

from collections.abc import Callable

from classroom.browser_model import Browser, Decisions
from classroom.display.table import Table

MANY = 200  # more than the limit of 180
OURS = "http://trax.localhost/"
SIBLING, OTHER_SITE = "http://blog.trax.localhost/", "http://evil.localhost/"


def flood(browser: Browser, url: str, attributes: str = "; Path=/; Secure") -> Decisions:
    """Let the server at `url` set 200 cookies for its own host alone; return the decisions."""
    return browser.receive(url, [f"flood{number}=1{attributes}" for number in range(MANY)])


WAYS: dict[str, Callable[[Browser, str], Decisions]] = {
    "200 cookies": lambda browser, url: flood(browser, url, "; Path=/"),
    "200 Secure cookies": flood,
    "Clear-Site-Data": lambda browser, url: browser.clear_site_data(url),
}


def remove_from_outside(name: str) -> Table:
    """Let a sibling and another site try to remove Ada's cookie `name`, in both model browsers.

    A row says which server sends what, and if Ada's cookie is removed or stays.
    """
    tries = [(url, way) for url in (SIBLING, OTHER_SITE) for way in WAYS]
    return Table([_row(name, url, way) for url, way in tries])


def _row(name: str, url: str, way: str) -> dict[str, str]:
    row = {"server": url.removeprefix("http://").rstrip("/"), "sends": way}
    for engine in ("chromium", "firefox"):
        browser = Browser(engine)
        browser.receive(OURS, f"{name}=ada; Path=/; Secure; HttpOnly; SameSite=Lax")
        WAYS[way](browser, url)
        row[browser.profile.engine] = "stays" if name in browser.cookies.names else "removed"
    return row
