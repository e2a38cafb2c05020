"""What the first letters of a cookie's name oblige its attributes to, enforced by browsers.

`__Secure-` and `__Host-` are RFC 6265bis draft 22 §4.1.3; `__Http-` and `__Host-Http-` come from
its successor, draft-ietf-httpbis-layered-cookies. Left out: which browser is how old.
"""

from collections.abc import Callable

Get = Callable[[str], str | None]

_MEANINGS = {  # the longest prefix first
    "__host-http-": "__Host-Http-: as __Host-, and HttpOnly, never from a script",
    "__host-": "__Host-: taken only with Secure, Path=/ and no Domain (§4.1.3.2)",
    "__http-": "__Http-: taken only with Secure and HttpOnly, never from a script",
    "__secure-": "__Secure-: taken only with Secure (§4.1.3.1)",
}
_ANY = "any name does; __Host- before it would pin the cookie to this host (§4.1.3.2)"


def meaning(name: str, get: Get) -> tuple[str, str]:
    """Return what a cookie's name asks of its attributes, and what refuses it, "" for nothing.

    `get` gives an attribute's value by its name in lower case, "" for a bare one, else None.
    """
    prefix = next((p for p in _MEANINGS if name.lower().startswith(p)), "")  # any case counts
    if not prefix:
        return _ANY, ""
    broken = "" if get("secure") is not None else "Secure is missing"
    if "http-" in prefix and get("httponly") is None:
        broken = broken or "HttpOnly is missing"
    if "host-" in prefix:
        broken = broken or _host(get)
    return _MEANINGS[prefix], f"refused: {broken}" if broken else ""


def _host(get: Get) -> str:
    if get("domain"):
        return "it has a Domain"
    if get("path") is None:
        return "Path=/ is missing (Chromium; Firefox takes it all the same)"
    return "" if get("path") == "/" else "its Path is not /"
