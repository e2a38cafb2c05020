"""Find the recorded run of an attack, for machines that have no browser.

A run is found by a key: one line of text that says how a server differs from minisrv itself. How
the runs were recorded is in tests/record_attacks.py, and what they mean in data/README.md.
"""

import json
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

from starlette.routing import Route

from minisrv.app import ROUTES
from minisrv.settings import CookieSettings, Settings

FILE = Path(__file__).parents[3] / "data" / "attacks-recorded.json"
UNCHANGED = "as it is"
OF_THE_COURSE = ("minisrv.", "classroom.")


@dataclass(frozen=True)
class Recorded:
    """One attack on one server in one browser: what was seen, when, and in which version."""

    seen: dict[str, str]
    when: str
    version: str


def recorded(attack: str, server: str) -> dict[str, Recorded]:
    """Return the recorded runs of an attack on the server with this key, by engine."""
    file = _file()
    row = next((r for r in file["runs"] if (r["attack"], r["server"]) == (attack, server)), None)
    return {
        engine: Recorded(seen, file["recorded"], file["browsers"][engine])
        for engine, seen in (row["seen"] if row else {}).items()
    }


def setup_key(plugged: dict[str, Route], settings: Settings) -> str:
    """Return the routes that are not ours, and the cookie attributes that are not the default.

    Other settings matter to no attack of the lab.
    """
    routes = [
        f"{name}: {_endpoint(route)}"
        for name, route in sorted(plugged.items())
        if not _is_ours(name, route)
    ]
    cookie, default = settings.cookie, CookieSettings()
    values = [
        f"cookie.{field.name}: {getattr(cookie, field.name)}"
        for field in fields(CookieSettings)
        if getattr(cookie, field.name) != getattr(default, field.name)
    ]
    return "; ".join([*routes, *values]) or UNCHANGED


def _is_ours(name: str, route: Route) -> bool:
    ours = ROUTES[name]
    same_methods = set(route.methods or ()) == set(ours.methods or ())
    return same_methods and _endpoint(route) == _endpoint(ours)


def _endpoint(route: Route) -> str:
    """Return the name of an endpoint of the course, or "yours" for one of a student."""
    module = getattr(route.endpoint, "__module__", "")
    if not module.startswith(OF_THE_COURSE):
        return "yours"
    return f"{module.rpartition('.')[2]}.{route.endpoint.__qualname__}"


@cache
def _file() -> dict:
    if not FILE.is_file():
        return {"runs": []}
    return json.loads(FILE.read_text(encoding="utf-8"))
