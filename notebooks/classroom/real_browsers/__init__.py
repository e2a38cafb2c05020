"""The browsers of this machine, without a window, to see what a real one does with our cookies.

    for found in installed():
        with open_browser(found) as browser:
            browser.visit("http://trax.localhost:8001/")
            print(browser.name, browser.version, browser.cookies())

It works the same in a notebook, a test and a script, whatever else runs there. Left out: Safari,
which cannot run without a window, and the rules by which browsers decide (browser_model).
"""

from classroom.real_browsers.browser import Browser, Cookie
from classroom.real_browsers.find import Found, installed
from classroom.real_browsers.open import open_browser
from classroom.real_browsers.wire import BrowserFailed

__all__ = ["Browser", "BrowserFailed", "Cookie", "Found", "installed", "open_browser"]
