"""What a name with a prefix promises: `__Secure-`, `__Host-`, `__Http-` and `__Host-Http-`.

A rule returns the reason to block the cookie, or None, as those of `store_rules.py` do. A prefix
says who may set a cookie; it does not keep anybody from having it removed (`jar.py`).
"""

from classroom.browser_model.decisions import Reason, rfc
from classroom.browser_model.incoming import IncomingCookie
from classroom.browser_model.sites import address

HTTP_PREFIXES = ("__Http-", "__Host-Http-")
HOST_PREFIXES = ("__Host-", "__Host-Http-")
LAYERED = "draft-ietf-httpbis-layered-cookies §4.1.3"


def prefix_without_secure(incoming: IncomingCookie) -> Reason | None:
    """Block any prefix without Secure."""
    prefix = incoming.line.prefix
    if incoming.line.has("secure") or not prefix:
        return None
    section = rfc("4.1.3.2" if prefix == "__Host-" else "4.1.3.1")
    source = LAYERED if prefix in HTTP_PREFIXES else section
    return Reason(f"it is not Secure; the name {prefix} needs it", source)


def host_prefix_with_domain(incoming: IncomingCookie) -> Reason | None:
    """Block `__Host-` with a Domain: it promises that only this host can have set the cookie."""
    if incoming.line.prefix not in HOST_PREFIXES or not incoming.line.domain:
        return None
    # Both take the very IP address of the host; Firefox also takes `.127.0.0.1` and `localhost`.
    own_address = address(incoming.host) and incoming.line.get("domain") == incoming.host
    if own_address or (incoming.host_only and incoming.profile.host_prefix_takes_own_domain):
        return None
    sentence = "it has a Domain attribute; the name __Host- forbids one"
    return Reason(sentence, rfc("4.1.3.2"))


def host_prefix_below_root(incoming: IncomingCookie) -> Reason | None:
    """Block `__Host-` without Path=/: it promises that the cookie belongs to the whole host."""
    if incoming.line.prefix not in HOST_PREFIXES:
        return None
    if incoming.cookie.path != "/":
        sentence = "its path is not /; the name __Host- needs Path=/"
        return Reason(sentence, rfc("5.7 step 21"))
    if incoming.profile.host_prefix_wants_path and incoming.line.get("path") != "/":
        sentence = "Path=/ is not written out; the name __Host- needs it"
        return Reason(sentence, rfc("5.7 step 21"))
    return None


def http_prefix_broken(incoming: IncomingCookie) -> Reason | None:
    """Block `__Http-` without HttpOnly or from a script: it promises that no script set it."""
    prefix = incoming.line.prefix
    if prefix not in HTTP_PREFIXES:
        return None
    if incoming.request.by_script:
        return Reason(f"a script sets it; the name {prefix} forbids that", LAYERED)
    if not incoming.line.has("httponly"):
        return Reason(f"it is not HttpOnly; the name {prefix} needs it", LAYERED)
    return None
