"""The address of the class server, and the way to it past a proxy."""

import os
import socket

from minisrv.serve.server import bind

HOST = "127.0.0.1"  # never another: the routes of a lesson are weak on purpose


def listen(port: int, otherwise: int = 0) -> socket.socket:
    """Return a listening socket at `port`, or at `otherwise`, or at a free port; 0 means free."""
    for wish in filter(None, (port, otherwise)):
        try:
            return bind(HOST, wish)
        except OSError:  # another program is there
            continue
    return bind(HOST, 0)


def bypass_proxy() -> None:
    """Let `requests` in every cell reach HOST directly.

    Where the environment names a proxy, as in many schools and companies, a request to this very
    machine would go out to that proxy, which can only refuse it. Programs read either spelling of
    the variable and then ignore the other, so both are set.
    """
    names = ("no_proxy", "NO_PROXY")
    hosts = [host.strip() for name in names for host in os.environ.get(name, "").split(",")]
    if "*" in hosts:  # means everything, and only if it stands alone
        return
    for name in names:
        os.environ[name] = ",".join(dict.fromkeys(host for host in [*hosts, HOST] if host))
