"""A model browser: cookies stored, refused, sent and withheld by a browser's rules, with reasons.

It can be Chromium or Firefox, with the settings recorded in `data/browser-truth.json`. Left out:
everything of a browser that does not decide about a cookie.
"""

from classroom.browser_model.browser import Browser
from classroom.browser_model.decision import Decision, Decisions, Reason, Sent
from classroom.browser_model.live import LiveBrowser
from classroom.browser_model.profiles import PROFILES

__all__ = ["PROFILES", "Browser", "Decision", "Decisions", "LiveBrowser", "Reason", "Sent"]
