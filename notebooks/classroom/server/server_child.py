"""The child's half of process.py: minisrv, until the parent closes our standard input or dies.

Left out: a farewell to running requests. A hash in the making would hold it up.
"""

import os
import sys
import threading

from minisrv.serve.cli import main


def end_with_parent() -> None:
    """Wait for the end of standard input, which the system closes with the parent; then end."""
    os.read(sys.stdin.fileno(), 1)  # not sys.stdin.read: its lock would disturb our own end
    os._exit(0)  # at once: an event loop that hashes would not hear of anything gentler


if __name__ == "__main__":
    threading.Thread(target=end_with_parent, daemon=True).start()
    sys.exit(main())
