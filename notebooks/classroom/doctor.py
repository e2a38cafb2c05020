"""Check this computer, and the server of this notebook, for what the lessons need.

Left out: a browser, which no lesson up to the sixth needs.
"""

import socket
import sys
import time
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from urllib.request import getproxies

from classroom.display.table import Table
from classroom.server.server import Server

NEEDED = ("bcrypt", "mangum", "PyJWT", "requests", "SQLAlchemy", "starlette", "uvicorn")
NEW_YEAR_2026 = 1767225600  # seconds since 1970; this course is younger than that


def doctor() -> Table:
    """Return a table of what was looked at, what was found, and what to do about it."""
    checks = (_python, _packages, _loopback, _proxy, _clock)
    rows = [_row(check) for check in checks]
    server = _row(_server)  # a row of its own only if there is something to do
    return Table([server, *rows] if server["what to do"] != "nothing" else rows)


def _row(check: Callable[[], str]) -> dict[str, str]:
    """Return a row; a check returns "" when all is well, and else what to do."""
    advice = check()
    found = "not well" if advice else "well"
    return {"looked at": str(check.__doc__), "found": found, "what to do": advice or "nothing"}


def _server() -> str:
    """the server of this notebook responds"""
    if Server.current is None:
        return "it does not run: run the cell with server = Server()"
    if not Server.current.running.responds():
        return "a route keeps it busy: mend it, then run server = Server()"
    return ""


def _python() -> str:
    """Python is 3.11 or newer"""
    if sys.version_info >= (3, 11):  # noqa: UP036 - that is the question
        return ""
    return "install a newer Python and start course.py with it"


def _packages() -> str:
    """the packages are installed"""
    for name in NEEDED:
        try:
            version(name)
        except PackageNotFoundError:
            return f"{name} is missing: close JupyterLab and start it with course.py"
    return ""


def _loopback() -> str:
    """a program can reach a server on this computer"""
    try:
        with socket.create_server(("127.0.0.1", 0)) as server:
            socket.create_connection(server.getsockname(), timeout=2).close()
    except OSError as error:
        return f"allow Python to use 127.0.0.1 in the firewall ({error.strerror})"
    return ""


def _proxy() -> str:
    """no proxy stands between the notebook and its server"""
    # Server() puts 127.0.0.1 on the list of addresses that are reached without a proxy.
    excused = getproxies().get("no", "")
    if "http" not in getproxies() or "127.0.0.1" in excused or excused == "*":
        return ""
    return "run a cell with Server() first: it goes around the proxy"


def _clock() -> str:
    """the clock is right, roughly"""
    return "" if time.time() > NEW_YEAR_2026 else "set the clock: tokens depend on it"
