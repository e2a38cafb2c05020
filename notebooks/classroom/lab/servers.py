"""The two ports of this machine at which the lab's pages are, and the runs that they record.

Left out: the lesson's own Server, which knows nothing of it, and any address but 127.0.0.1.
"""

import atexit
import itertools
import secrets
import threading

from classroom.background import Background
from classroom.lab.pages import Pages
from classroom.lab.record import Run
from classroom.lab.walk import PLAIN_NAMES, SAME, Walk, walk
from classroom.network import HOST, listen
from minisrv.settings import Settings


class Servers:
    """Two ports of this machine, at which the hosts of walk.HOSTS answer, until `close`."""

    def __init__(self) -> None:
        """Serve at two free ports. RuntimeError if the servers do not start."""
        self.runs: dict[str, Run] = {}
        self.tab_walk = walk()
        self.latest_tab: Run | None = None
        self.stopped = threading.Event()
        self._numbers = itertools.count(1)
        self._mark = secrets.token_hex(4)  # a cookie of earlier ones is not taken for ours
        listeners = listen(0), listen(0)
        ports = tuple(one.getsockname()[1] for one in listeners)
        settings = Settings(host=HOST, port=ports[0], allowed_hosts=PLAIN_NAMES)
        self.pages = Pages(self.runs, self._begin_in_tab, ports)
        app = self.pages.app(settings)
        self._servers = [Background(app, settings, one) for one in listeners]
        for server in self._servers:
            server.start()
        atexit.register(self.close)

    def begin(self, walk: Walk) -> Run:
        """Return a new run, of which nothing has arrived yet."""
        run = Run(f"{self._mark}-{next(self._numbers)}", walk)
        self.runs[run.name] = run
        return run

    def answers(self) -> bool:
        """Tell whether both servers are alive."""
        return not self.stopped.is_set() and all(one.answers() for one in self._servers)

    @property
    def tab_url(self) -> str:
        """The address at which a tab begins a walk of its own."""
        return self.pages.url(SAME, "/walk")

    def close(self) -> None:
        """End both servers and free their ports; again is harmless."""
        atexit.unregister(self.close)
        self.stopped.set()
        for server in self._servers:
            server.stop()

    def _begin_in_tab(self) -> Run:
        self.latest_tab = self.begin(self.tab_walk)
        return self.latest_tab
