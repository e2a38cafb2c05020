"""python3 course.py board: serve the board of a class until Ctrl-C.

The exit status is 0 after Ctrl-C, 1 if it cannot listen there, and 2 if the options are wrong.
"""

import argparse
import ipaddress
import secrets
import socket
import sys
from collections.abc import Sequence

from minisrv.serve.server import Server, bind, config
from minisrv.settings import Settings
from teaching.board.app import create_app, new_code

MAX_BODY = 1024
HERE_ONLY = (
    "Only this computer can reach it. On a JupyterHub with one machine, that is the whole class."
)
OTHERS = "Anyone in the network of {} who has the address can read it and send to it, unencrypted."
STUDENTS = """The board is at {0}
{1}
A student who wants to take part runs this in a lesson:

    board("{0}", "a name that I choose")

Ctrl-C ends the board, and then nothing of it is left."""
EVERYWHERE = (
    "--host is one address of this computer, such as 192.168.1.20; {} stands for all of them."
)
CANNOT = "The board cannot listen at {} port {} ({}): choose another --port or --host."


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve, print the address and the line for students, and return the exit status."""
    options = _options(arguments)
    try:
        listener = bind(options.host, options.port)
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or error
        return _complain(CANNOT.format(options.host, options.port, reason), 1)
    bound, port = listener.getsockname()[:2]
    if ipaddress.ip_address(bound).is_unspecified:
        listener.close()
        return _complain(EVERYWHERE.format(options.host or "an empty one"), 2)
    host, code = f"[{options.host}]" if ":" in options.host else options.host, new_code()
    reach = HERE_ONLY if ipaddress.ip_address(bound).is_loopback else OTHERS.format(bound)
    print(STUDENTS.format(f"http://{host}:{port}/{code}", reach), flush=True)
    _serve(code, listener)
    return 0


def limits() -> Settings:
    """Return the settings of the course's server, which end slow clients, with a smaller body."""
    return Settings(secret=secrets.token_urlsafe(32), max_body_bytes=MAX_BODY)


def _serve(code: str, listener: socket.socket) -> None:
    settings = limits()
    options = {"lifespan": "off", "log_level": "warning", "timeout_graceful_shutdown": 2}
    try:
        Server(config(create_app(code, settings), settings, **options)).run(sockets=[listener])
    except KeyboardInterrupt:
        print("\nThe board has ended.", flush=True)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python3 course.py board",
        description="Show a class how many have done each exercise. Students switch it on, each in"
        " a notebook, under a name of their choice. It proves nothing: it is no mark.",
    )
    parser.add_argument("--port", type=int, default=8090, help="8090 if none is given; 0: any")
    parser.add_argument(
        "--host",
        default="127.0.0.1",
        help="an address of this computer in the network of the class; if none is given, only this"
        " computer can reach the board",
    )
    options = parser.parse_args(arguments)
    if not 0 <= options.port <= 65535:
        parser.error("--port is a number from 0 to 65535")
    return options


def _complain(text: str, status: int) -> int:
    print(text, file=sys.stderr, flush=True)
    return status


if __name__ == "__main__":
    sys.exit(main())
