"""Send the id of an exercise that is done to the board of a class, if the student switched that on.

It is off in each new kernel. What is sent is the name that the student chose, and the id; each in
a thread of its own, so that no check waits. Left out: to try again. A board that does not answer
misses an exercise, and nobody is told.
"""

import threading
from contextlib import suppress
from typing import NamedTuple

import requests

MAX_NAME = 40
SECONDS = 2.0  # for the connection, and for the first byte of the response
MARK = "X-Class-Board"  # a header that says: this is a board, and not just any page
PLAIN = {"User-Agent": "signup-lessons", "Accept": "*/*"}  # says nothing of this computer
_JOINERS = {0x200C: None, 0x200D: None}


class Target(NamedTuple):
    """Where to send, and the name to send."""

    address: str
    name: str


_target: Target | None = None


def switch_on(address: str, name: str) -> None:
    """Send what is done from now on to `address`, under `name`."""
    global _target
    _target = Target(address, name)


def switch_off() -> None:
    """Send nothing from now on."""
    global _target
    _target = None


def is_name(name: object) -> bool:
    """Return True if `name` can stand on a board: 1 to 40 characters, none that is invisible.

    Among others there may be a joiner or a non-joiner, which Persian, Hindi and emojis need.
    """
    if not isinstance(name, str) or len(name) > MAX_NAME:
        return False
    seen = name.translate(_JOINERS).strip()
    return seen != "" and seen.isprintable()


def is_there(address: str) -> bool:
    """Return True if a board answers at `address`; nothing but the address is sent."""
    try:
        with _session() as session, session.get(address, **_limits()) as response:
            return response.ok and MARK in response.headers
    except (requests.RequestException, ValueError):  # ValueError: of an odd address
        return False


def post(id: str) -> None:
    """Send that the exercise `id` is done, if that is switched on; neither wait nor raise."""
    if _target is not None:
        thread = threading.Thread(target=_send, args=(_target, id), name="board", daemon=True)
        with suppress(RuntimeError):  # there are too many threads
            thread.start()


def _send(target: Target, id: str) -> None:
    body = {"name": target.name, "exercise": id}
    # What a thread prints or raises would appear in the cell that happens to run.
    with suppress(Exception), _session() as session:
        session.post(target.address, json=body, **_limits()).close()


def _session() -> requests.Session:
    """Return a session without proxies, and without passwords of a .netrc file."""
    session = requests.Session()
    session.trust_env = False
    session.headers.clear()
    session.headers.update(PLAIN)
    return session


def _limits() -> dict[str, object]:
    """Return what each request is given: no redirect leads elsewhere, no long body is read."""
    return {"timeout": SECONDS, "allow_redirects": False, "stream": True}
