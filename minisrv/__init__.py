"""A small server that signs people up, in and out. README.md says in which order to read it."""

from minisrv.settings import CookieSettings, Settings

__all__ = ["CookieSettings", "Settings", "create_app"]


def __getattr__(name: str) -> object:
    """Import the app when it is used: minisrv.auth.passwords alone needs no Starlette."""
    if name != "create_app":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from minisrv.app import create_app

    return create_app
