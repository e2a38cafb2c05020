"""The browsers of a stage, one of each engine: opened when first needed, and kept for the next run.

Most of the time of a short run would go into the start. Left out: two runs at once in one browser.
"""

import os
from contextlib import ExitStack, suppress

from classroom.real_browsers import Browser, BrowserFailed, Found, installed, open_browser

# Chrome's own default; Debian's Chromium would block third-party cookies, and so differ.
PREFERENCES = {"chromium": {"profile.cookie_controls_mode": 2}, "firefox": {}}


class Browsers:
    """The open browsers; each is lent without a cookie."""

    def __init__(self) -> None:
        """Open nothing yet."""
        self._open: dict[str, tuple[Browser, ExitStack]] = {}

    def lend(self, found: Found) -> Browser:
        """Return the browser `found`, opened if it is not, or raise BrowserFailed."""
        if found.engine not in self._open:
            stack = ExitStack()
            browser = stack.enter_context(open_browser(found, PREFERENCES[found.engine]))
            self._open[found.engine] = (browser, stack)
        browser, _ = self._open[found.engine]
        browser.forget_cookies()
        return browser

    def drop(self, engine: str) -> None:
        """End the browser of this engine, as after a failure; the next run opens another."""
        _, stack = self._open.pop(engine, (None, ExitStack()))
        with suppress(BrowserFailed):
            stack.close()

    def close(self) -> None:
        """End all of them; again is harmless."""
        for engine in list(self._open):
            self.drop(engine)


def first_of(engine: str) -> Found | None:
    """Return the first installed browser of an engine, None when there is none."""
    if os.environ.get("LAB_BROWSER") == "none":  # for whoever wants to see the recorded ones
        return None
    return next((one for one in installed() if one.engine == engine), None)
