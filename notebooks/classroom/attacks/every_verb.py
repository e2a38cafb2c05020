"""Send the same sign-up with each verb, and count the accounts that it makes.

Left out: other methods that are registered for HTTP, such as those of WebDAV.
"""

from collections.abc import Mapping

import requests
from starlette.routing import Route

from classroom.display.table import Table
from classroom.server.server import Server

VERBS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "BREW"]
SECONDS = 10


def try_verbs(server: Server, body: Mapping[str, str], routes: Mapping[str, Route]) -> Table:
    """Return a row for each of VERBS, with the status and the accounts made at each of `routes`.

    Each request goes to an empty database. The last route stays in place.
    """
    return Table([{"verb": verb, **_answers(server, verb, body, routes)} for verb in VERBS])


def _answers(
    server: Server, verb: str, body: Mapping[str, str], routes: Mapping[str, Route]
) -> dict[str, int]:
    found = {}
    for name, route in routes.items():
        server.reset()
        server.plug("signup", route)
        answer = requests.request(verb, server.url + "/api/signup", json=body, timeout=SECONDS)
        found[name] = answer.status_code
        found[name + ": accounts"] = len(server.rows("users"))
    return found
