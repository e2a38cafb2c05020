"""The program that ServerProcess starts: minisrv, until its standard input is closed.

The system closes it when the parent ends or dies. Running requests get no response then.
"""

import os
import sys
import threading

from minisrv.serve.cli import main


def end_with_parent() -> None:
    """Wait for the end of standard input; then end the process."""
    os.read(sys.stdin.fileno(), 1)  # not sys.stdin.read: its lock would hold up the exit
    os._exit(0)  # at once: a running hash would delay any other way


if __name__ == "__main__":
    threading.Thread(target=end_with_parent, daemon=True).start()
    sys.exit(main())
