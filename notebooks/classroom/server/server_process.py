"""minisrv in a process of its own, for lessons about time: nothing of the notebook slows it down.

    with ServerProcess(signup="whole_password", bcrypt_cost=13) as alone:
        requests.get(alone.url + "/health")

No exchanges are recorded, and no route of a cell can be plugged in.
"""

import secrets
import sys
from pathlib import Path

from classroom.server.child_process import ChildProcess, minisrv_environment
from classroom.server.network import go_direct

CHILD = Path(__file__).with_name("server_child.py")


class ServerProcess(ChildProcess):
    """A running minisrv at `url`; it ends with `stop`, with its `with`, or with the kernel."""

    def __init__(self, signup: str = "reference", **settings: object) -> None:
        """Start at a free port with the rung `signup` of the ladder and minisrv's Settings by name.

        The database is in memory unless `database_url` says otherwise. Raises RuntimeError, with
        what the process printed, when it does not start.
        """
        go_direct()
        # -P: else the folder of the script, this one, would hide modules of Python such as html.
        command = [sys.executable, "-P", str(CHILD), "--port", "0", "--signup", signup]
        defaults = {"database_url": "sqlite://", "secret": secrets.token_urlsafe(32)}
        super().__init__(command, minisrv_environment(**{**defaults, **settings}))

    def ask_to_end(self) -> None:
        """Close its standard input: it ends at once, even in the middle of a hash."""
        self.process.stdin.close()
