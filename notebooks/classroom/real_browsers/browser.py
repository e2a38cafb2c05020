"""What can be done with an open browser, whichever it is: visit, look, read its cookies.

Left out: clicks, keys, further tabs, and the words of each engine (chromium.py, firefox.py).
"""

import base64
import json
import time
from abc import ABC, abstractmethod
from collections.abc import Mapping
from pathlib import Path
from typing import TypedDict

from classroom.real_browsers.wire import SECONDS, BrowserFailed, Wire

WIDTH, HEIGHT = 1280, 800  # of the page, in pixels: alike for all, that pictures can be compared
# Firefox shows a blank page for a moment where one page follows another.
LOADED = "document.readyState == 'complete' && location.href != 'about:blank'"
LOOK_SECONDS = 2.0  # for one look at a page that may be about to leave


class Cookie(TypedDict):
    """A cookie as the browser keeps it; a domain with a dot in front includes its sub-domains."""

    name: str
    value: str
    domain: str
    path: str
    secure: bool
    httpOnly: bool
    sameSite: str  # "Strict", "Lax" or "None", and "" when the server named none of them
    expires: int | None  # in seconds since 1970, and None when it lasts as long as the session


class Browser(ABC):
    """A running browser with one empty tab; everything here may raise BrowserFailed."""

    entrance: str  # what follows the announced address
    goodbye: str  # the method that closes it

    def __init__(self, name: str, wire: Wire, trusting: bool = False) -> None:
        """Take over the browser called `name` at the other end of `wire`."""
        self.name, self._wire = name, wire
        self.version = self._begin(trusting)

    def visit(self, url: str, until: str = "true", seconds: float = SECONDS) -> None:
        """Go to `url` and return when a page has loaded where the JavaScript `until` is true.

        Pages that leave by themselves are followed, from one to the next, until then. Two visits at
        once do not go together: where a page leaves by itself, wait for the last one with `until`.
        """
        self._go(url, seconds)
        self.wait(until, seconds)

    def wait(self, until: str, seconds: float = SECONDS) -> None:
        """Wait for a page that has loaded and where the JavaScript `until` is true."""
        look, end = f"{LOADED} && !!(await ({until}))", time.monotonic() + seconds
        said = "it was false to the end"
        while time.monotonic() < end:
            try:
                if self.evaluate(look, LOOK_SECONDS):
                    return
            except BrowserFailed as problem:  # most likely the page was about to leave
                said = str(problem)
            time.sleep(0.02)
        raise BrowserFailed(f"{self.name} waited {seconds:g} s in vain for {until}: {said}")

    def evaluate(self, js: str, seconds: float = SECONDS) -> object:
        """Return the value of a JavaScript expression in the page, as JSON; promises are awaited.

        What JSON cannot say, such as undefined or a function, is None.
        """
        value = self._run(f"(async () => JSON.stringify(await (\n{js}\n)))()", seconds)
        return None if value is None else json.loads(value)

    def cookies(self) -> list[Cookie]:
        """Return all cookies that the browser keeps, HttpOnly ones too, by domain and name."""
        return sorted(self._cookies(), key=lambda one: (one["domain"], one["name"], one["path"]))

    @abstractmethod
    def forget_cookies(self) -> None:
        """Remove all cookies, HttpOnly ones too."""

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
        path: Path, profile: Path, preferences: Mapping[str, object], pin: str
    ) -> list[str]:
        """Return how to start without a window; `pin` is the hash of a key to trust, or ""."""

    @abstractmethod
    def _begin(self, trusting: bool) -> str:
        """Take hold of the tab and return the version; `trusting` accepts any certificate."""

    @abstractmethod
    def _go(self, url: str, seconds: float) -> None:
        """Leave for `url`, and return when the present page is gone."""

    @abstractmethod
    def _run(self, js: str, seconds: float) -> str | None:
        """Return what the promise `js` resolves to, a string or undefined."""

    @abstractmethod
    def _cookies(self) -> list[Cookie]:
        """Return all cookies, in any order."""

    @abstractmethod
    def _picture(self) -> str:
        """Return the page as PNG in base64."""
