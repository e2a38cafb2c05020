"""A third port of the lab, over TLS, for the browsers that the lab starts itself.

Left out: a tab of your own browser, which does not trust the certificate and would warn, rightly.
"""

import socket
from dataclasses import replace

from starlette.types import ASGIApp

from classroom.cookie_lab.request_kinds import HOSTS, SCHEME
from classroom.server.background import Background
from classroom.server.tls import certificate_for
from minisrv.settings import Settings


def start(app: ASGIApp, settings: Settings, listener: socket.socket) -> tuple[Background, str]:
    """Serve `app` over TLS; return the server and the hash of its key, by which it is trusted."""
    with certificate_for(HOSTS[SCHEME][0]) as certificate:
        server = Background(app, replace(settings, **certificate.settings), listener)
        server.start()  # reads the files
        return server, certificate.key_hash
