"""Limit how long a cell waits for a response, and let no route wait for its own server.

`requests` has no time limit of its own: a route with an endless loop would keep a cell for ever.
Left out: clients that do not use `requests`.
"""

import threading
from functools import wraps
from urllib.parse import urlsplit

import requests

from classroom.server.quiet_threads import THREADS

SECONDS = 30  # without a byte of the response, unless a cell says timeout=
OWN_SERVER = (
    "a route cannot wait for a response of its own server, which does nothing else meanwhile; "
    "call the function that you need"
)


def limit_waiting() -> None:
    """Give each request of `requests` a time limit; safe to call twice."""
    send = requests.Session.send
    if getattr(send, "is_limited", False):
        return

    @wraps(send)
    def limited(
        session: requests.Session, request: requests.PreparedRequest, **options: object
    ) -> requests.Response:
        if _is_on_the_loop() and urlsplit(request.url).hostname in ("127.0.0.1", "localhost"):
            raise RuntimeError(OWN_SERVER)
        if options.get("timeout") is None:
            options["timeout"] = SECONDS
        return send(session, request, **options)

    limited.is_limited = True  # type: ignore[attr-defined]
    requests.Session.send = limited  # type: ignore[method-assign]


def _is_on_the_loop() -> bool:
    # The threads of its executors have a number after the name.
    return threading.current_thread().name == THREADS[0]
