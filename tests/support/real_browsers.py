"""Real browsers for tests; a test is skipped visibly if its engine is missing."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from classroom.real_browsers import Browser, Found, first_of, open_browser
from tests.support.tiers import slow, turns

ENGINES = ("chromium", "firefox")
EACH_ENGINE = ["chromium", slow("firefox")]  # for `parametrize`: a Firefox takes seconds to start
# What Firefox repeats after Chromium at a high cost: each has one day of seven.
REPEATED = (
    "the page",
    "a tab that walks",
    "the driver",
    "an attack in a tab",
    "JSON from elsewhere",
    "a certificate",
    "a lost request",
    "a route that fails",
)
TODAY = turns(REPEATED)


def each_engine(what: str) -> list[object]:
    """Return the engines for `parametrize`: Firefox only on the day on which it repeats `what`."""
    return ["chromium", *([slow("firefox")] if what in TODAY else [])]


def found(engine: str) -> Found:
    """Return an installed browser with that engine, or skip the test."""
    if one := first_of(engine):
        return one
    pytest.skip(f"no browser with the engine of {engine.title()} is installed")


@contextmanager
def opened(engine: str) -> Iterator[Browser]:
    """Open a browser with that engine for the length of a `with`, or skip the test."""
    with open_browser(found(engine)) as browser:
        yield browser


def resize(browser: Browser, width: int, height: int) -> None:
    """Give the page of a Chromium another size, in pixels; headless, it has no window to drag."""
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    browser._connection.call("Emulation.setDeviceMetricsOverride", **size)
