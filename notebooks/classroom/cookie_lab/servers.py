"""The ports of this machine at which the lab's pages are, and the runs that they record.

Left out: the lesson's own Server, which knows nothing of it, and any address but 127.0.0.1.
"""

import atexit
import itertools
import secrets
import threading

from classroom.cookie_lab import tls
from classroom.cookie_lab.pages import Pages
from classroom.cookie_lab.record import Run
from classroom.cookie_lab.relations import PLAIN_NAMES, SAME
from classroom.cookie_lab.walk import Walk, walk
from classroom.server.background import Background
from classroom.server.network import HOST, listen
from minisrv.settings import Settings


class Servers:
    """Two ports of this machine, at which the hosts of relations.py answer, until `close`.

    A third one is over TLS, and opened when it is first wanted.
    """

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
        self._app, self._settings = self.pages.app(settings), settings
        self._lock, self._key_hash = threading.Lock(), ""  # browsers begin at the same time
        self._servers = [Background(self._app, settings, one) for one in listeners]
        for server in self._servers:
            server.start()
        atexit.register(self.close)

    def begin(self, walk: Walk) -> Run:
        """Return a new run, of which nothing has arrived yet."""
        run = Run(f"{self._mark}-{next(self._numbers)}", walk)
        self.runs[run.name] = run
        return run

    def over_tls(self) -> str:
        """Serve over TLS as well; return the hash of the key by which a browser may trust it."""
        with self._lock:
            if not self._key_hash:
                listener = listen(0)
                server, self._key_hash = tls.start(self._app, self._settings, listener)
                self._servers.append(server)
                self.pages.ports += (listener.getsockname()[1],)
            return self._key_hash

    def answers(self) -> bool:
        """Tell whether all servers are alive."""
        return not self.stopped.is_set() and all(one.responds() for one in self._servers)

    @property
    def tab_url(self) -> str:
        """The address at which a tab begins a walk of its own."""
        return self.pages.url(SAME, "/walk")

    def close(self) -> None:
        """End the servers and free their ports; again is harmless."""
        atexit.unregister(self.close)
        self.stopped.set()
        for server in self._servers:
            server.stop()

    def _begin_in_tab(self) -> Run:
        self.latest_tab = self.begin(self.tab_walk)
        return self.latest_tab
