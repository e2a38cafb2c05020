"""Drive the real browsers of this machine, without a window, to see what they do with our cookies.

    for found in installed():
        with open_browser(found) as browser:
            browser.visit("http://trax.localhost:8001/")
            print(browser.name, browser.version, browser.cookies())

This works the same in a notebook, in a test and in a script. Safari is not supported, because it
cannot run without a window. The rules by which browsers decide are in browser_model.
"""

from classroom.real_browsers.browser import Browser, Cookie
from classroom.real_browsers.connection import BrowserFailed, BrowserUnresponsive
from classroom.real_browsers.find import Found, first_of, installed
from classroom.real_browsers.launch import open_browser

__all__ = [
    "Browser",
    "BrowserFailed",
    "BrowserUnresponsive",
    "Cookie",
    "Found",
    "first_of",
    "installed",
    "open_browser",
]
