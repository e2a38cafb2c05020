"""Whether a cell can reach a server of this computer, under each name that the lessons use."""

from __future__ import annotations

import socket

NAMES = ("127.0.0.1", "localhost", "trax.localhost", "evil.localhost")


def loopback() -> str:
    """a program can reach a server on this computer"""
    try:
        with socket.create_server(("127.0.0.1", 0)) as server:
            socket.create_connection(server.getsockname(), timeout=2).close()
    except OSError as error:
        return f"allow Python to use 127.0.0.1 in the firewall ({error.strerror})"
    return ""


def proxy() -> str:
    """no proxy stands between the notebook and its server"""
    # Server() puts our names on the list of those that are reached without a proxy.
    try:
        from requests.utils import get_environ_proxies
    except ImportError:
        return ""  # another row says so
    for name in NAMES:
        if get_environ_proxies(f"http://{name}:1/"):
            return f"it does for {name}: run a cell with Server(), which goes around it"
    return ""
