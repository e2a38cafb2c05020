"""Race: send several requests so that the server decides on all of them at the same moment.

Each request is sent without its last byte and waits in the server. Then the last bytes are sent
together, so no request has a head start (James Kettle, PortSwigger: last-byte synchronisation).
"""

import json
from collections import Counter
from collections.abc import Mapping
from http.client import HTTPConnection

RACERS = 8


def race(
    url: str, body: Mapping[str, object], path: str = "/api/signup", racers: int = RACERS
) -> dict[int, int]:
    """POST the same `body` `racers` times at once; return how often each status came."""
    content = json.dumps(body).encode()
    waiting = [_all_but_one_byte(url, path, content) for _ in range(racers)]
    for connection in waiting:
        connection.send(content[-1:])
    return dict(sorted(Counter(_status(connection) for connection in waiting).items()))


def _all_but_one_byte(url: str, path: str, content: bytes) -> HTTPConnection:
    connection = HTTPConnection(url.removeprefix("http://"), timeout=60)
    headers = {"Content-Type": "application/json", "Content-Length": str(len(content))}
    connection.request("POST", path, content[:-1], headers)
    return connection


def _status(connection: HTTPConnection) -> int:
    response = connection.getresponse()
    response.read()
    connection.close()
    return response.status
