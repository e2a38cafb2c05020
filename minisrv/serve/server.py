"""Bind a socket and serve an app on it; decide first whether it may be served there at all.

Left out: several processes, see processes.py.
"""

import os
import socket
import sys
from functools import partial

import uvicorn
from starlette.types import ASGIApp

from minisrv.serve.slow_clients import Connection
from minisrv.settings import Settings
from minisrv.web.trusted_hosts import is_loopback


def check_exposure(settings: Settings, weak: bool) -> None:
    """Raise ValueError, with the next step, unless this may be served at `settings.host`."""
    outside = [name for name in (settings.host, *settings.allowed_hosts) if not is_loopback(name)]
    if not outside and not settings.trusted_proxies:
        return
    if weak:
        raise ValueError("A route made for class is served at 127.0.0.1 only: leave --signup out.")
    if not settings.tls_cert and not settings.trusted_proxies:
        raise ValueError(
            f"To serve {outside[0]}, give --tls-cert and --tls-key, or name your TLS proxy "
            "with --trusted-proxy."
        )
    if not any(not is_loopback(name) for name in settings.allowed_hosts):
        raise ValueError("Name the host that browsers will use, with --allowed-host.")


def bind(host: str, port: int) -> socket.socket:
    """Return a listening socket, port 0 meaning a free one, or raise OSError: it is busy."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The protocol is named because asyncio sets TCP_NODELAY only then: 2 ms a request, not 44.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if sys.platform == "win32":  # there, SO_REUSEADDR would let two servers share a port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        elif os.name == "posix":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(2048)
    except OSError:
        listener.close()
        raise
    return listener


def config(app: ASGIApp, settings: Settings, **options: object) -> uvicorn.Config:
    """Return uvicorn's configuration for `app`; `options` are uvicorn's own, and win."""
    defaults = {
        # h11: the same parser, and so the same answers, on every system.
        "http": partial(Connection, patience=settings.client_seconds),
        "ws": "none",
        "access_log": False,  # it costs a third of the requests, and would write who came
        "server_header": False,
        "proxy_headers": bool(settings.trusted_proxies),
        "forwarded_allow_ips": list(settings.trusted_proxies),
        "ssl_certfile": settings.tls_cert or None,
        "ssl_keyfile": settings.tls_key or None,
        # Those who wait for a hash are answered first, and the queue has an end.
        "timeout_graceful_shutdown": 300,
    }
    return uvicorn.Config(app, **{**defaults, **options})  # type: ignore[arg-type]
