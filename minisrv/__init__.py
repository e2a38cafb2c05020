"""A small server that signs people up, in and out: the reference that the lessons lead to."""

from minisrv.settings import CookieSettings, Settings

__all__ = ["CookieSettings", "Settings", "create_app"]


def __getattr__(name: str) -> object:
    """Load the app when it is asked for: a rule such as minisrv.auth.passwords needs no server."""
    if name != "create_app":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from minisrv.app import create_app

    return create_app
