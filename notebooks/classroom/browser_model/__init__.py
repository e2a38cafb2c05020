"""A model browser: by a browser's rules it stores, blocks and sends cookies, and says why.

It behaves like Chromium or Firefox, with the settings recorded in `data/browser-truth.json`.
Left out: everything of a browser that does not decide about a cookie.
"""

from classroom.browser_model.browser import Browser
from classroom.browser_model.client import Client, direct_session, set_cookie_lines
from classroom.browser_model.decisions import Decision, Decisions, Reason, Sent
from classroom.browser_model.live_browser import LiveBrowser, clears_cookies
from classroom.browser_model.profiles import PROFILES
from classroom.browser_model.request import Request, initiator_headers
from classroom.browser_model.set_cookie import SetCookie, parse

__all__ = [
    "PROFILES",
    "Browser",
    "Client",
    "Decision",
    "Decisions",
    "LiveBrowser",
    "Reason",
    "Request",
    "Sent",
    "SetCookie",
    "clears_cookies",
    "direct_session",
    "initiator_headers",
    "parse",
    "set_cookie_lines",
]
