"""Race: send several requests so that all of them are decided at the same moment.

Each request is sent but for its last byte, and waits in the server; then the last bytes follow
together. So no request has a head start, however slow the network was (James Kettle, PortSwigger,
calls it last-byte synchronisation). Left out: doing it a hundred times; once is enough here.
"""

import json
from collections import Counter
from collections.abc import Mapping
from http.client import HTTPConnection

RACERS = 8


def race(
    url: str, body: Mapping[str, object], path: str = "/api/signup", racers: int = RACERS
) -> dict[int, int]:
    """POST the same `body` `racers` times at once; return how often each status was answered."""
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
