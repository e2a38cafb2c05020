"""Malformed and unusual request bodies, each odd in one way, and a route's responses to them.

Only the reading of a body is tested: no account is needed.
"""

import json
from collections.abc import Iterator, Mapping

import requests
from starlette.routing import Route

from classroom.display.table import Table
from classroom.server.server import Server

Credentials = Mapping[str, str]
AS_JSON = {"Content-Type": "application/json"}
SECONDS = 10
LONG = "one long song about the rain in november and the last tram to the harbour"
assert len(LONG) == 73


def odd_bodies(good: Credentials) -> dict[str, bytes]:
    """Return the odd bodies by name; if the name says nothing else, the fields are `good`'s."""
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


def responses(
    server: Server, route: Route, bodies: Mapping[str, bytes]
) -> Iterator[tuple[requests.Response, str]]:
    """Yield the response of `route` to each body, and the error's name if it crashed, else "".

    Each body is sent to an empty database. The last database and the route stay in place.
    """
    for body in bodies.values():
        server.reset()
        server.plug("signup", route)
        url = server.url + "/api/signup"
        answer = requests.post(url, data=body, headers=AS_JSON, timeout=SECONDS)
        yield answer, str(server.crash or "").partition(":")[0]


def try_bodies(
    server: Server, bodies: Mapping[str, bytes], routes: Mapping[str, Route], *, says: bool = False
) -> Table:
    """Return a row for each body, with the status at each of `routes`, as `responses` does.

    A crash stands as `500 KeyError`. With `says` the last column has the last route's sentence.
    """
    rows = [{"sent": name} for name in bodies]
    for column, route in routes.items():
        for row, (answer, error) in zip(rows, responses(server, route, bodies), strict=True):
            row[column] = f"{answer.status_code} {error}".rstrip()
            if says and column == list(routes)[-1]:
                row["it says"] = answer.json().get("error", "")
    return Table(rows)


def _json(**fields: object) -> bytes:
    return json.dumps(fields).encode()
