"""Accept only allowed Host headers; serve weak routes to this machine only.

A port does not separate cookies (RFC 6265bis draft 22 §8.5): the browser sends the cookies of every
server at localhost, JupyterLab's among them, to every other server at localhost. 127.0.0.1 and
*.localhost have cookies of their own, so this server accepts those names. (Somebody who has opened
JupyterLab at 127.0.0.1 should take trax.localhost.) It also accepts the address of this machine at
which it was told to listen, such as [::1]. The check also stops DNS rebinding.
"""

import ipaddress
import re
from collections.abc import Callable

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from minisrv.errors import MisdirectedRequest, Refused
from minisrv.settings import Settings

_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::(\d{1,5}))?", re.IGNORECASE)


class KnownHosts:
    """ASGI middleware that rejects unknown hosts, undeclared proxies and, for weak routes,
    remote clients."""

    def __init__(
        self,
        app: ASGIApp,
        settings: Settings,
        weak: bool,
        error_response: Callable[[Refused], Response],
    ) -> None:
        """Guard `app`; `weak`: a route was replaced; `error_response` makes the responses."""
        self.app, self.settings, self.weak = app, settings, weak
        self.error_response = error_response
        self.allowed = {host.lower() for host in settings.allowed_hosts}
        if is_loopback(settings.host) and settings.host != "localhost":
            self.allowed.add(in_url(settings.host))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or send 421."""
        if scope["type"] == "http":
            try:
                self._check(scope)
            except Refused as error:
                return await self.error_response(error)(scope, receive, send)
        return await self.app(scope, receive, send)

    def _check(self, scope: Scope) -> None:
        headers = Headers(scope=scope)
        host, port = _split(headers.get("host", ""))
        if host == "localhost" and host not in self.allowed:
            raise MisdirectedRequest(_NOT_LOCALHOST.format(port=port))
        if not (is_own_name(host) or host in self.allowed):
            raise MisdirectedRequest("This server does not answer at that host name.")
        if not self.settings.trusted_proxies and _forwarded(headers):
            raise MisdirectedRequest("This request came through a proxy that nobody named.")
        if self.weak and not _from_this_machine(scope):
            raise MisdirectedRequest("Routes made for class answer this machine only.")


_NOT_LOCALHOST = (
    "Go to http://127.0.0.1{port} or http://trax.localhost{port} instead: "
    "at localhost your browser would send along the cookies of other servers, JupyterLab's too."
)


def is_own_name(host: str) -> bool:
    """Return True if `host` is 127.0.0.1 or a name below localhost (RFC 6761 §6.3)."""
    return host == "127.0.0.1" or host.endswith(".localhost")


def is_loopback(address: str) -> bool:
    """Return True if `address`, an IP address or a name, stays on this machine."""
    try:
        return ipaddress.ip_address(address.strip("[]")).is_loopback
    except ValueError:
        return address == "localhost" or address.endswith(".localhost")


def in_url(address: str) -> str:
    """Return `address` as it stands in a URL: IPv6 in brackets (RFC 3986 §3.2.2)."""
    return f"[{address}]" if ":" in address else address


def _split(host: str) -> tuple[str, str]:
    """Return the name in lower case and the port with its colon: "A.test:80" -> "a.test", ":80".

    Anything that is not a host becomes "", "".
    """
    match = _HOST.fullmatch(host)
    if match is None:
        return "", ""
    return match[1].lower(), f":{match[2]}" if match[2] else ""


def _forwarded(headers: Headers) -> bool:
    return any(name == "forwarded" or name.startswith("x-forwarded-") for name in headers)


def _from_this_machine(scope: Scope) -> bool:
    client = scope.get("client")  # None: called in this process, over no network at all
    return client is None or is_loopback(client[0])
