"""The ports of this machine at which the lab's pages are served, and the runs that they record.

Only 127.0.0.1 is served. The lesson's own server is separate.
"""

import atexit
import itertools
import secrets
import socket
import threading
from dataclasses import replace

from classroom.cookie_lab.recorder import Run
from classroom.cookie_lab.request_kinds import HOSTS, PLAIN_NAMES, SAME, SCHEME
from classroom.cookie_lab.walk import Walk, walk
from classroom.cookie_lab.walk_app import WalkApp
from classroom.server.network import HOST, listen
from classroom.server.server_thread import ServerThread
from classroom.server.tls import certificate_for
from minisrv.settings import Settings


class WalkServers:
    """Two ports of this machine that serve the hosts of request_kinds.py, until `close`.

    A third port, over TLS, is opened when a walk needs it for the first time. It is for browsers
    that the lab starts: a tab of your own does not trust the certificate, and rightly warns.
    """

    def __init__(self) -> None:
        """Serve at two free ports. RuntimeError if the servers do not start."""
        self.runs: dict[str, Run] = {}
        self.tab_walk = walk()
        self.latest_tab: Run | None = None
        self.stopped = threading.Event()
        self._numbers = itertools.count(1)
        self._mark = secrets.token_hex(4)  # so that a cookie of an earlier lab is not ours
        listeners = listen(0), listen(0)
        ports = tuple(one.getsockname()[1] for one in listeners)
        settings = Settings(host=HOST, port=ports[0], allowed_hosts=PLAIN_NAMES)
        self.pages = WalkApp(self.runs, self._begin_in_tab, ports)
        self._app, self._settings = self.pages.app(settings), settings
        self._lock, self._key_hash = threading.Lock(), ""  # two browsers may begin at once
        self._servers = [ServerThread(self._app, settings, one) for one in listeners]
        for server in self._servers:
            server.start()
        atexit.register(self.close)

    def begin(self, walk: Walk) -> Run:
        """Return a new run, without any request yet."""
        run = Run(f"{self._mark}-{next(self._numbers)}", walk)
        self.runs[run.name] = run
        return run

    def over_tls(self) -> str:
        """Serve over TLS as well; return the hash of the key by which a browser may trust it."""
        with self._lock:
            if not self._key_hash:
                listener = listen(0)
                server, self._key_hash = self._start_tls(listener)
                self._servers.append(server)
                self.pages.ports += (listener.getsockname()[1],)
            return self._key_hash

    def respond(self) -> bool:
        """Return True if all servers respond."""
        return not self.stopped.is_set() and all(one.responds() for one in self._servers)

    @property
    def tab_url(self) -> str:
        """The address at which a tab begins a walk of its own."""
        return self.pages.url(SAME, "/walk")

    def close(self) -> None:
        """End the servers and free their ports. Safe to call twice."""
        atexit.unregister(self.close)
        self.stopped.set()
        for server in self._servers:
            server.stop()

    def _start_tls(self, listener: socket.socket) -> tuple[ServerThread, str]:
        """Serve over TLS; return the server and the hash of its key, by which it is trusted."""
        with certificate_for(HOSTS[SCHEME][0]) as certificate:
            settings = replace(self._settings, **certificate.settings)
            server = ServerThread(self._app, settings, listener)
            server.start()  # reads the files
            return server, certificate.key_hash

    def _begin_in_tab(self) -> Run:
        self.latest_tab = self.begin(self.tab_walk)
        return self.latest_tab
