"""The address of the class server, and the direct way to it.

No proxy stands between, no name has to be looked up, and no login of this computer's owner is sent.
"""

import os
import socket
from functools import wraps
from urllib.parse import urlsplit
from urllib.request import getproxies

import requests
from urllib3.util import connection

from minisrv.serve.server import bind

HOST = "127.0.0.1"  # never another: the routes of a lesson are weak on purpose
HERE = (HOST, "localhost", ".localhost")  # a leading dot: all names below it


def listen(port: int, otherwise: int = 0) -> socket.socket:
    """Return a listening socket at `port`, or at `otherwise`, or at a free port; 0 means free."""
    for wish in filter(None, (port, otherwise)):
        try:
            return bind(HOST, wish)
        except OSError:  # another program is there
            continue
    return bind(HOST, 0)


def go_direct() -> None:
    """Let `requests` in every cell reach this computer directly; safe to call twice."""
    bypass_proxy()
    _look_up_no_name()
    _send_no_login()


def bypass_proxy() -> None:
    """Name this computer in the variables that say what is reached without a proxy.

    Where the environment names a proxy, as in many schools and companies, a request to this very
    machine would go out to that proxy, which can only refuse it. Programs read either spelling of
    the variable and then ignore the other, so both are set. A proxy of Windows or macOS is written
    into variables first, because urllib does not look for it any more where there is one variable.
    Left out: the system's own list of what it is not for.
    """
    if not any(value and name.lower().endswith("_proxy") for name, value in os.environ.items()):
        for scheme, url in getproxies().items():
            os.environ[f"{scheme}_proxy"] = url
    names = ("no_proxy", "NO_PROXY")
    hosts = [host.strip() for name in names for host in os.environ.get(name, "").split(",")]
    if "*" in hosts:  # means everything, and only if it stands alone
        return
    for name in names:
        os.environ[name] = ",".join(dict.fromkeys(host for host in [*hosts, *HERE] if host))


def is_here(name: str) -> bool:
    """Return True if `name` is this computer: 127.0.0.1, localhost, or a name below it."""
    return name in HERE or name.endswith(".localhost")


def _look_up_no_name() -> None:
    """Let `localhost` and the names below it mean 127.0.0.1, as browsers do (RFC 6761 §6.3).

    On some computers `localhost` is ::1 only, or no name at all, and trax.localhost seldom is one.
    """
    connect = connection.create_connection
    if getattr(connect, "looks_up_no_name", False):
        return

    @wraps(connect)
    def direct(address: tuple[str, int], *others: object, **options: object) -> socket.socket:
        if address[0] != HOST and is_here(address[0]):
            try:
                return connect((HOST, address[1]), *others, **options)
            except ConnectionRefusedError:  # a program of the student may listen at ::1
                pass
        return connect(address, *others, **options)

    direct.looks_up_no_name = True  # type: ignore[attr-defined]
    connection.create_connection = direct


def _send_no_login() -> None:
    """Send no login of .netrc to this computer: it would be shown, and saved in the notebook."""
    look_up = requests.sessions.get_netrc_auth
    if getattr(look_up, "spares_us", False):
        return

    @wraps(look_up)
    def for_others(url: str, *options: object) -> tuple[str, str] | None:
        return None if is_here(urlsplit(url).hostname or "") else look_up(url, *options)

    for_others.spares_us = True  # type: ignore[attr-defined]
    requests.sessions.get_netrc_auth = for_others
