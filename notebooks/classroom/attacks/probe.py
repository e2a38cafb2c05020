"""Probe a route: what can a stranger see when she tries addresses that are not hers?

The last column counts bcrypt's rounds. An attacker has a clock instead, which is less exact.
"""

from collections.abc import Iterable

import requests

from classroom.checking.bcrypt_calls import counting_hashes, rounds
from classroom.display.table import Table
from classroom.server.server import Server

PASSWORD = "nothing to see at this address"


def probe(server: Server, path: str, addresses: Iterable[str]) -> Table:
    """POST each address to `path` with the same PASSWORD, and return a row for each response.

    A row has the status, the length of the body in bytes, and the rounds of hashing.
    """
    rows = []
    for email in addresses:
        with counting_hashes() as costs:
            body = {"email": email, "password": PASSWORD}
            response = requests.post(server.url + path, json=body, timeout=60)
        seen = {"status": response.status_code, "bytes": len(response.content)}
        rows.append({"email": email, **seen, "rounds": rounds(costs)})
    return Table(rows, plain=("email",))
