"""Rules of storing that look at the Set-Cookie line and at the host it came from.

Left out: who asked for the answer that carries the line (`asker_rules.py`), and names that make
promises (`prefixes.py`).
"""

from classroom.browser_model.arrival import Arrival
from classroom.browser_model.cookie import domain_matches
from classroom.browser_model.decision import NOTED, RECORDED, Reason, rfc
from classroom.browser_model.sites import is_public_suffix, trustworthy

LONGEST = 4096


def no_cookie_at_all(arrival: Arrival) -> Reason | None:
    """A line with control characters, or with neither name nor value."""
    if arrival.line.has_controls:
        return Reason("the line contains a control character", rfc("5.7"))
    if not arrival.line.name and not arrival.line.value:
        return Reason("it has neither a name nor a value", rfc("5.7"))
    return None


def too_long(arrival: Arrival) -> Reason | None:
    """Name and value together are limited, and no error tells."""
    size = arrival.line.size
    if size <= LONGEST:
        return None
    sentence = f"name and value are {size} bytes; the limit is {LONGEST}"
    return Reason(sentence, rfc("5.7 step 4"))


def foreign_domain(arrival: Arrival) -> Reason | None:
    """A host may set cookies for itself and for the names above it that have an owner."""
    wanted = arrival.line.domain
    if arrival.host_only:
        return None
    if is_public_suffix(wanted):
        return Reason("its Domain is a public suffix, which belongs to nobody", rfc("5.7"))
    if not domain_matches(arrival.host, wanted):
        return Reason("its Domain is neither this host nor a name above it", rfc("5.7"))
    return None


def secure_over_plain_http(arrival: Arrival) -> Reason | None:
    """Loopback counts as safe enough; any other host needs TLS."""
    if not arrival.line.has("secure") or trustworthy(arrival.asked.url):
        return None
    return Reason("it is Secure, and this host was reached over plain http", rfc("5.7"))


def none_without_secure(arrival: Arrival) -> Reason | None:
    """Across sites only with Secure, on localhost too."""
    if arrival.line.same_site != "None" or arrival.line.has("secure"):
        return None
    return Reason("SameSite=None demands Secure", f"{rfc('5.7')}; {RECORDED}")


def partitioned_without_secure(arrival: Arrival) -> Reason | None:
    """Partitioned cookies are made for https."""
    if not arrival.line.has("partitioned") or arrival.line.has("secure"):
        return None
    return Reason("Partitioned demands Secure", NOTED)
