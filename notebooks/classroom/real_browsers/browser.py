"""What an open browser can do, whichever engine it has: visit, evaluate, list its cookies.

The commands of each engine are in chromium.py and firefox.py. Clicks, keys and more tabs are not
supported.
"""

import base64
import json
import time
from abc import ABC, abstractmethod
from collections.abc import Mapping
from pathlib import Path
from typing import TypedDict

from classroom.real_browsers.connection import (
    SECONDS,
    BrowserFailed,
    BrowserUnresponsive,
    Connection,
)

WIDTH, HEIGHT = 1280, 800  # of the page, in pixels: the same for all, to compare pictures
# Firefox shows a blank page for a moment between two pages.
LOADED = "document.readyState == 'complete' && location.href != 'about:blank'"
LOOK_SECONDS = 2.0  # for the first look at a page that may be about to leave; then twice as long
PAUSE_SECONDS = 0.05  # between two looks, at first; after a long wait up to LONG_PAUSE_SECONDS
LONG_PAUSE_SECONDS = 0.5


class Cookie(TypedDict):
    """A cookie as the browser stores it; a domain with a leading dot includes its sub-domains."""

    name: str
    value: str
    domain: str
    path: str
    secure: bool
    httpOnly: bool
    sameSite: str  # "Strict", "Lax" or "None", and "" when the server named none of them
    expires: int | None  # in seconds since 1970, None for a session cookie


class Browser(ABC):
    """A running browser with one empty tab; every method may raise BrowserFailed."""

    endpoint: str  # the path after the announced address
    by_pipe: bool  # controlled over a pipe.Pipe, so no address is announced
    close_method: str
    deletes_its_files: bool  # outside of its profile, if it may close by itself

    def __init__(self, name: str, connection: Connection, trusting: bool = False) -> None:
        """Control the browser called `name` at the other end of `connection`."""
        self.name, self._connection = name, connection
        self.version = self._begin(trusting)

    def visit(self, url: str, until: str = "true", seconds: float = SECONDS) -> None:
        """Go to `url` and return when a page has loaded where the JavaScript `until` is true.

        A page that leads to another one by itself is followed. Do not start a visit while such a
        page is still under way: wait for the last page with `until`.
        """
        self._go(url, seconds)
        self.wait(until, seconds)

    def wait(self, until: str, seconds: float = SECONDS) -> None:
        """Wait for a page that has loaded and where the JavaScript `until` is true.

        Raises BrowserUnresponsive if there is none within `seconds`.
        """
        look, deadline = f"{LOADED} && !!(await ({until}))", time.monotonic() + seconds
        pause = PAUSE_SECONDS
        last, patience = "it was false to the end", LOOK_SECONDS
        while (left := deadline - time.monotonic()) > 0:
            try:
                if self.evaluate(look, min(patience, left)):
                    return
            except BrowserUnresponsive as problem:  # the page was about to leave, or is slow
                last, patience = str(problem), 2 * patience
            except BrowserFailed as problem:  # most likely the page was about to leave
                last = str(problem)
            time.sleep(pause)
            pause = min(1.05 * pause, LONG_PAUSE_SECONDS)  # to look is work for the browser, too
        raise BrowserUnresponsive(f"{self.name} waited {seconds:g} s in vain for {until}: {last}")

    def evaluate(self, js: str, seconds: float = SECONDS) -> object:
        """Return the value of a JavaScript expression in the page, as JSON; await promises.

        A value that JSON cannot hold, such as undefined or a function, becomes None.
        """
        value = self._run(f"(async () => JSON.stringify(await (\n{js}\n)))()", seconds)
        return None if value is None else json.loads(value)

    def cookies(self) -> list[Cookie]:
        """Return all cookies in the jar, including HttpOnly ones, by domain, name and path."""
        return sorted(self._cookies(), key=lambda one: (one["domain"], one["name"], one["path"]))

    @abstractmethod
    def forget_cookies(self) -> None:
        """Remove all cookies, including HttpOnly ones."""

    def screenshot(self, path: Path | str) -> Path:
        """Write a picture of the visible page to `path` as PNG and return the path."""
        Path(path).write_bytes(self.picture())
        return Path(path)

    def picture(self) -> bytes:
        """Return a picture of the visible page as PNG."""
        return base64.b64decode(self._picture())

    @staticmethod
    @abstractmethod
    def command(
        path: Path, profile: Path, preferences: Mapping[str, object], trusted: str
    ) -> list[str]:
        """Return the command line without a window; `trusted` is the hash of a key, or ""."""

    @abstractmethod
    def _begin(self, trusting: bool) -> str:
        """Attach to the tab and return the version; `trusting` accepts any certificate."""

    @abstractmethod
    def _go(self, url: str, seconds: float) -> None:
        """Leave for `url`, and return when the present page is gone."""

    @abstractmethod
    def _run(self, js: str, seconds: float) -> str | None:
        """Return the value, a string or undefined, to which the promise `js` resolves."""

    @abstractmethod
    def _cookies(self) -> list[Cookie]:
        """Return all cookies, in any order."""

    @abstractmethod
    def _picture(self) -> str:
        """Return the page as PNG in base64."""
