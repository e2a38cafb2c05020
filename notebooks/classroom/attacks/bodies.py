"""Bodies that no form of ours sends, each odd in one respect, and what a route says to them.

Left out: anything that needs an account, and whatever a route does with well-formed text.
"""

import json
from collections.abc import Iterator, Mapping

import requests
from starlette.routing import Route

from classroom.server.server import Server

Credentials = Mapping[str, str]
AS_JSON = {"Content-Type": "application/json"}
SECONDS = 10
LONG = "one long song about the rain in november and the last tram to the harbour"
assert len(LONG) == 73


def odd_bodies(good: Credentials) -> dict[str, bytes]:
    """Return each odd body under a name; the two fields are those of `good` unless it says so."""
    email, password = good["email"], good["password"]
    whole = json.dumps(dict(good))
    return {
        "nothing": b"",
        "{}": b"{}",
        "[1]": b"[1]",
        "half an object": whole[:9].encode(),
        "password 5": _json(email=email, password=5),
        "e-mail {}": _json(email={}, password=password),
        "e-mail NaN": _json(email=float("nan"), password=password),
        "half a character": _json(email=email, password=password + "\ud800"),
        "e-mail twice": whole.replace("{", '{"email": "mallory@evil.test", ', 1).encode(),
        "UTF-16": whole.encode("utf-16"),
        "100,000 brackets": b"[" * 100_000,
        "1 MB of blanks": whole.encode() + b" " * 1_000_000,
        "73 characters": _json(email=email, password=LONG),
    }


def answers(
    server: Server, route: Route, bodies: Mapping[str, bytes]
) -> Iterator[tuple[requests.Response, str]]:
    """Yield what `route` answers to each body, and the error's name if it crashed, else "".

    Each body meets a database without accounts; the last one stays, and so does the route.
    """
    for body in bodies.values():
        server.reset()
        server.plug("signup", route)
        url = server.url + "/api/signup"
        answer = requests.post(url, data=body, headers=AS_JSON, timeout=SECONDS)
        yield answer, str(server.crash or "").partition(":")[0]


def _json(**fields: object) -> bytes:
    return json.dumps(fields).encode()
