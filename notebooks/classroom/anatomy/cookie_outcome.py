"""What the model browsers make of a Set-Cookie line: store it, delete an older cookie, or block it.

anatomy() says nothing of a cookie that it has not asked the models first.
"""

from dataclasses import dataclass

from classroom.browser_model import Browser, Reason, parse
from classroom.browser_model.cookie import Cookie
from classroom.browser_model.set_cookie import SetCookie
from classroom.browser_model.sites import host

BROWSERS = ("chromium", "firefox")
SESSION, DELETED, BLOCKED = "session", "deleted", "blocked"
Lives = dict[str, float | str]  # for each engine the seconds, or SESSION, DELETED, BLOCKED


@dataclass(frozen=True)
class Outcome:
    """What one engine does with a line; `cookie` is what it stores, None if it stores nothing."""

    engine: str
    cookie: Cookie | None
    life: float | str  # seconds, or SESSION, DELETED, BLOCKED
    reason: Reason


def outcomes(line: str, now: float) -> list[Outcome]:
    """Return what each engine does with the line of a response over https at the time `now`."""
    return [_outcome(Browser(name, start=now), line) for name in BROWSERS]


def lives(attribute: str, now: float) -> Lives:
    """Return, for each engine, how long it keeps a cookie that has this attribute only."""
    return {one.engine: one.life for one in outcomes(f"t=1; {attribute}", now)}


def _outcome(browser: Browser, line: str) -> Outcome:
    (decision, *_) = browser.receive(_url(parse(line)), line)
    cookie = next(iter(browser.cookies), None)
    life: float | str = BLOCKED if decision.verdict == "blocked" else DELETED
    if cookie is not None:
        life = SESSION if cookie.expires is None else cookie.expires - browser.now
    return Outcome(browser.profile.engine, cookie, life, decision.reason)


def _url(cookie: SetCookie) -> str:
    """Return a URL of the host that Domain names, so that only an impossible Domain is blocked."""
    url = f"https://{cookie.domain}/"
    try:
        return url if cookie.domain and host(url) == cookie.domain else "https://trax.test/"
    except ValueError:
        return "https://trax.test/"
