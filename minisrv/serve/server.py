"""Bind a socket and serve an app there; check first whether it may be served there at all.

Left out: several processes (workers.py).
"""

import os
import signal
import socket
import ssl
import sys
from functools import partial
from types import FrameType

import uvicorn
from starlette.types import ASGIApp

from minisrv.serve.slow_clients import TimeoutProtocol
from minisrv.settings import Settings
from minisrv.web.trusted_hosts import in_url, is_loopback


class Server(uvicorn.Server):
    """uvicorn's server, which at a second Ctrl-C cancels the requests that it still waits for.

    uvicorn itself would end without a response to them or, since Python 3.12.1, continue to wait.
    """

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Shut down; at a second Ctrl-C also cancel requests (see web/shutdown.py)."""
        # Not at a second SIGTERM: workers get one from their parent after the Ctrl-C of a terminal.
        if not (self.should_exit and sig == signal.SIGINT):
            return super().handle_exit(sig, frame)
        for task in list(self.server_state.tasks):
            task.get_loop().call_soon_threadsafe(task.cancel)


def check_exposure(settings: Settings, weak: bool) -> None:
    """Raise ValueError, with the next step, unless `settings` are safe to serve with.

    `weak` says that a rung of the ladder is served, which has holes.
    """
    outside = [name for name in (settings.host, *settings.allowed_hosts) if not is_loopback(name)]
    if not outside and not settings.trusted_proxies:
        return
    if weak:
        raise ValueError("A route made for class is served at 127.0.0.1 only: leave --signup out.")
    if not settings.tls_cert and not settings.trusted_proxies:
        raise ValueError(
            f"To serve {outside[0] or 'all addresses'}, give --tls-cert and --tls-key, or name "
            "your TLS proxy with --trusted-proxy."
        )
    if not any(not is_loopback(name) for name in settings.allowed_hosts):
        raise ValueError("Name the host that browsers will use, with --allowed-host.")
    if not settings.production:
        raise ValueError("To serve others, give --production: it refuses settings for a class.")


def check_tls(settings: Settings) -> None:
    """Raise ValueError unless the files of the certificate and its key can be used."""
    files = settings.tls_cert, settings.tls_key
    if settings.tls_cert:
        try:
            ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(*files)
        except OSError as error:  # also for files that are no certificate and no key
            named = " and ".join(map(os.path.abspath, files))
            why = error.strerror or error
            raise ValueError(f"Cannot use --tls-cert and --tls-key, {named}: {why}.") from None


def bind(host: str, port: int) -> socket.socket:
    """Return a listening socket, at a free port if `port` is 0, or raise OSError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # With the protocol named asyncio sets TCP_NODELAY: a request takes 2 ms and not 44.
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


def url_of(settings: Settings, address: str, port: int) -> str:
    """Return a URL that is answered if we listen at the IP `address`.

    Others must use one of the allowed hosts, of which check_exposure demands one.
    """
    names = [name for name in settings.allowed_hosts if not is_loopback(name)]
    host = in_url(address) if is_loopback(settings.host) else names[0]
    return f"{'https' if settings.tls_cert else 'http'}://{host}:{port}"


def config(
    app: ASGIApp, settings: Settings, *, own_user_only: bool = False, **options: object
) -> uvicorn.Config:
    """Return uvicorn's configuration for `app`; `options` are uvicorn's own and win.

    `own_user_only`: other users of this computer get a 421, where the system knows them.
    """
    protocol = partial(
        TimeoutProtocol, patience=settings.client_seconds, own_user_only=own_user_only
    )
    defaults = {
        # h11: the same parser, and so the same responses, on every system.
        "http": protocol,
        "ws": "none",
        "access_log": False,  # it costs a third of the requests, and stores who came
        "server_header": False,
        "proxy_headers": bool(settings.trusted_proxies),
        "forwarded_allow_ips": list(settings.trusted_proxies),
        "ssl_certfile": settings.tls_cert or None,
        "ssl_keyfile": settings.tls_key or None,
        # Long enough to hash the passwords of a full queue.
        "timeout_graceful_shutdown": 300,
        # uvicorn kills a worker that does not respond in this time: a busy machine is no reason.
        "timeout_worker_healthcheck": 60,
    }
    return uvicorn.Config(app, **{**defaults, **options})  # type: ignore[arg-type]
