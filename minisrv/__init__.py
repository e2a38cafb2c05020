"""A small server that signs people up, in and out: the reference that the lessons lead to."""

from minisrv.app import create_app
from minisrv.settings import CookieSettings, Settings

__all__ = ["CookieSettings", "Settings", "create_app"]
