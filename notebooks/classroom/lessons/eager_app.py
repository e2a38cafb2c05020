"""An app that takes each 401 for an old session: it signs in and sends its request again.

Many apps do so with each of their requests. Left out: that it keeps the cookie it gets.
"""

from collections.abc import Mapping

import requests

from classroom.server.server import Server

MOST = 5


def retry_on_401(server: Server, body: Mapping[str, object]) -> dict[str, int]:
    """Sign up with `body`; after each 401 sign in and try again, at most MOST times.

    Returns how often it tried, and the last status.
    """
    tries, status = 0, 401
    while status == 401 and tries < MOST:
        if tries:
            requests.post(server.url + "/api/signin", json=body, timeout=60)
        status = requests.post(server.url + "/api/signup", json=body, timeout=60).status_code
        tries += 1
    return {"tries": tries, "status": status}
