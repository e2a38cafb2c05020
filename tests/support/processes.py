"""Processes that may end at any moment: what they are, and signals to those that are still there.

psutil raises NoSuchProcess, or its kind ZombieProcess, for one that has just ended.
"""

from collections.abc import Iterable
from contextlib import suppress

import psutil


def is_alive(process: psutil.Process) -> bool:
    """Return True if it runs. One whose parent died first stays a zombie for a while."""
    with suppress(psutil.NoSuchProcess):
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    return False


def command_of(process: psutil.Process) -> str:
    """Return its command line, or "" once it has ended."""
    with suppress(psutil.NoSuchProcess):
        return " ".join(process.cmdline())
    return ""


def ports_of(process: psutil.Process) -> list[int]:
    """Return the TCP ports at which it listens."""
    with suppress(psutil.NoSuchProcess):
        found = process.net_connections("tcp")
        return [one.laddr.port for one in found if one.status == psutil.CONN_LISTEN]
    return []


def send_signal(processes: Iterable[psutil.Process], number: int) -> None:
    """Send a signal to each of them that is still there."""
    for one in processes:
        with suppress(psutil.NoSuchProcess):
            one.send_signal(number)
