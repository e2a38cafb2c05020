"""Names that make promises: `__Secure-`, `__Host-`, `__Http-` and `__Host-Http-`.

Left out: nothing that was recorded. A prefix is compared without regard to case.
"""

from classroom.browser_model.arrival import Arrival
from classroom.browser_model.decision import NOTED, Reason, rfc
from classroom.browser_model.sites import address

HTTP_PREFIXES = ("__http-", "__host-http-")
PREFIXES = ("__secure-", "__host-", *HTTP_PREFIXES)
LAYERED = "draft-ietf-httpbis-layered-cookies §4.1.3"


def prefixed_without_secure(arrival: Arrival) -> Reason | None:
    """Any prefix needs Secure."""
    if arrival.line.has("secure") or not _starts(arrival.line.name, PREFIXES):
        return None
    section = "4.1.3.2" if _starts(arrival.line.name, ("__host-",)) else "4.1.3.1"
    source = LAYERED if _starts(arrival.line.name, HTTP_PREFIXES) else rfc(section)
    return Reason(f"it is not Secure; the name {_prefix(arrival)} demands it", source)


def host_prefix_with_domain(arrival: Arrival) -> Reason | None:
    """`__Host-` promises that only this host can have set it."""
    if not _starts(arrival.line.name, ("__host-",)) or not arrival.line.has("domain"):
        return None
    # Where Domain=<the host itself> widens nothing, the browsers differ in how strict they are.
    harmless = arrival.host_only and arrival.line.domain == arrival.host
    if harmless and (address(arrival.host) or arrival.profile.host_prefix_takes_localhost):
        return None
    sentence = "it carries a Domain attribute; the name __Host- forbids one"
    return Reason(sentence, rfc("4.1.3.2"))


def host_prefix_below_root(arrival: Arrival) -> Reason | None:
    """`__Host-` promises that it belongs to the whole host."""
    if not _starts(arrival.line.name, ("__host-",)):
        return None
    if arrival.cookie.path != "/":
        sentence = "its path is not /; the name __Host- demands Path=/"
        return Reason(sentence, rfc("5.7 step 21"))
    if arrival.profile.host_prefix_wants_path and not arrival.line.has("path"):
        sentence = "Path=/ is not written out; the name __Host- demands it"
        return Reason(sentence, rfc("5.7 step 21"))
    return None


def http_prefix_broken(arrival: Arrival) -> Reason | None:
    """`__Http-` promises that no script has made it."""
    if not _starts(arrival.line.name, HTTP_PREFIXES):
        return None
    if arrival.asked.by_script:
        return Reason(f"a script sets it; the name {_prefix(arrival)} forbids that", LAYERED)
    if not arrival.line.has("httponly"):
        return Reason(f"it is not HttpOnly; the name {_prefix(arrival)} demands it", LAYERED)
    return None


def nameless_in_disguise(arrival: Arrival) -> Reason | None:
    """A cookie without a name is sent as its bare value, which could spell a prefixed name."""
    if arrival.line.name or not _starts(arrival.line.value, PREFIXES):
        return None
    sentence = "it has no name, and its value would pass for a cookie with a protected name"
    return Reason(sentence, f"{rfc('5.7')}; {NOTED}")


def _starts(text: str, prefixes: tuple[str, ...]) -> bool:
    return text.lower().startswith(prefixes)


def _prefix(arrival: Arrival) -> str:
    """Return the longest prefix of the name, in its usual spelling."""
    spelt = ("__Host-Http-", "__Host-", "__Http-", "__Secure-")
    return next(one for one in spelt if _starts(arrival.line.name, (one.lower(),)))
