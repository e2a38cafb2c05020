"""What is different at a server from the one that minisrv is by itself, as one line of text.

By that line a recorded run is found again. Left out: settings that no attack of the stage meets.
"""

from dataclasses import fields

from starlette.routing import Route

from minisrv.app import ROUTES
from minisrv.settings import CookieSettings, Settings

OURS = "as it is"
OF_THE_COURSE = ("minisrv.", "classroom.")


def setup(plugged: dict[str, Route], settings: Settings) -> str:
    """Return the routes that are not ours and the cookie's attributes that are not the default."""
    routes = [
        f"{name}: {_named(route)}"
        for name, route in sorted(plugged.items())
        if not _is_ours(name, route)
    ]
    cookie, default = settings.cookie, CookieSettings()
    values = [
        f"cookie.{field.name}: {getattr(cookie, field.name)}"
        for field in fields(CookieSettings)
        if getattr(cookie, field.name) != getattr(default, field.name)
    ]
    return "; ".join([*routes, *values]) or OURS


def _is_ours(name: str, route: Route) -> bool:
    ours = ROUTES[name]
    return _named(route) == _named(ours) and set(route.methods or ()) == set(ours.methods or ())


def _named(route: Route) -> str:
    """Return how the course calls an endpoint; one of a student's has no name that is known."""
    module = getattr(route.endpoint, "__module__", "")
    if not module.startswith(OF_THE_COURSE):
        return "yours"
    return f"{module.rpartition('.')[2]}.{route.endpoint.__qualname__}"
