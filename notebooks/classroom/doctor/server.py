"""Whether the server of this notebook responds, and who can reach it."""

from __future__ import annotations

import os

from classroom.display.hosted import HUB, hosted_on


def server() -> str:
    """the server of this notebook responds"""
    try:
        from classroom.server.server import Server
    except ImportError:
        return ""  # another row says why
    if Server.current is None:
        return "it does not run: run the cell with server = Server()"
    if not Server.current.running.responds():
        return "a route keeps it busy: mend it, then run server = Server()"
    return ""


def own_browser() -> str:
    """your own browser reaches it"""
    if not (host := hosted_on()):
        return ""
    return f"this runs on {host}: links to 127.0.0.1 lead nowhere, so leave them out"


def other_users() -> str:
    """no other user of this computer reaches it"""
    try:
        from minisrv.serve.peer_user import can_say
    except ImportError:
        return ""
    if os.name != "posix" or hosted_on() != HUB or can_say():
        return ""
    return "other students of this hub may: store nothing real in it"
