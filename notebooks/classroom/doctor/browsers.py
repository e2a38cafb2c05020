"""Whether the browsers of lesson 09 are installed, and start."""

from __future__ import annotations


def chromium() -> str:
    """Chrome, Chromium or Edge starts (lesson 09)"""
    return _starts("chromium", "Chrome or Chromium")


def firefox() -> str:
    """Firefox starts (lesson 09)"""
    return _starts("firefox", "Firefox")


def _starts(engine: str, name: str) -> str:
    try:
        from classroom.real_browsers import BrowserFailed, first_of, open_browser
    except ImportError:
        return "a package is missing: see above"
    found = first_of(engine)
    if found is None:
        return f"none is there, so the lesson shows what was recorded; install {name} to see yours"
    try:
        with open_browser(found):
            return ""
    except BrowserFailed as error:
        return f"{error} The lesson shows what was recorded."
