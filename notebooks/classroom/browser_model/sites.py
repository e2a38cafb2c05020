"""Origins, sites and trustworthy hosts, read from a URL.

Left out: the Public Suffix List. A real browser uses it to know that `co.uk` is no site; here the
last two labels of a name are its site, and a single label (`localhost`, `test`) is a public suffix.
"""

from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import urlsplit

PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443}
# A WebSocket has the origin and the site of a page with the corresponding scheme.
PAGE_SCHEMES = {"ws": "http", "wss": "https"}


def scheme(url: str) -> str:
    """Return `http` or `https`; empty for the opaque origin, which is written `null`."""
    name = urlsplit(url).scheme
    return PAGE_SCHEMES.get(name, name)


@lru_cache(maxsize=1024)  # the rules ask for the few URLs of a story again and again
def host(url: str) -> str:
    """Return the host in lower case and without port; an IPv6 address keeps its brackets."""
    name = urlsplit(url).hostname or ""
    return f"[{name}]" if ":" in name else name


def path(url: str) -> str:
    """Return the path of the URL, at least `/`."""
    return urlsplit(url).path or "/"


@lru_cache(maxsize=1024)
def origin(url: str) -> str:
    """Return scheme, host and port as one text (RFC 6454 §4); `null` for an opaque origin."""
    parts, name = urlsplit(url), host(url)
    if not name:
        return "null"
    port = parts.port or PORTS.get(parts.scheme, 0)
    ending = "" if port == PORTS.get(parts.scheme) else f":{port}"
    return f"{scheme(url)}://{name}{ending}"


def same_origin(one: str, other: str) -> bool:
    """Return True if two URLs have the same origin; an opaque origin is the same as no other."""
    return origin(one) != "null" and origin(one) == origin(other)


def address(name: str) -> IPv4Address | IPv6Address | None:
    """Return the IP address that a host spells, such as `127.0.0.1` or `[::1]`; None for a name."""
    try:
        return IPv6Address(name[1:-1]) if name[:1] + name[-1:] == "[]" else IPv4Address(name)
    except ValueError:
        return None


def is_public_suffix(name: str) -> bool:
    """Return True if nobody can own this name: a single label such as `localhost` or `test`."""
    return "." not in name.removesuffix(".") and address(name) is None


@lru_cache(maxsize=1024)
def registrable_domain(name: str) -> str:
    """Return the part of a host name that one owner holds: the last two labels, or the address.

    A dot at the end makes another name: `trax.test.` is not `trax.test`.
    """
    if address(name):
        return name
    labels, dot = name.removesuffix("."), "." * name.endswith(".")
    return ".".join(labels.split(".")[-2:]) + dot


@lru_cache(maxsize=1024)
def site(url: str, schemeful: bool = True) -> str:
    """Return the site of a URL; Chromium counts the scheme into it, Firefox does not."""
    domain = registrable_domain(host(url)) or "an opaque origin"
    return f"{scheme(url)}://{domain}" if schemeful else domain


def is_loopback(name: str) -> bool:
    """Return True if a host name means this machine: localhost, *.localhost, 127/8 or [::1]."""
    if name == "localhost" or name.endswith(".localhost"):
        return True
    # `[::ffff:127.0.0.1]` reaches this machine too, but no browser counts it as loopback.
    number = address(name)
    return number == IPv6Address("::1") or (isinstance(number, IPv4Address) and number.is_loopback)


def trustworthy(url: str) -> bool:
    """Return True if a browser sends Secure cookies to this URL: https, or http to loopback."""
    return scheme(url) == "https" or (scheme(url) == "http" and is_loopback(host(url)))
