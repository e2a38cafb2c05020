"""What a stored cookie was stored as: its scope, its lifetime, and what in its line was ignored.

Left out: flags that mean what they say; `Browser.cookies` lists them.
"""

from classroom.browser_model.arrival import Arrival
from classroom.browser_model.decision import NOTED, RECORDED, Reason, rfc
from classroom.browser_model.set_cookie import LONGEST_LIFE

UNITS = (("d", 86400), ("h", 3600), ("min", 60), ("s", 1))


def reason(arrival: Arrival) -> Reason:
    """Return for which hosts, paths and time the cookie is kept, and from which rule that comes."""
    cookie = arrival.cookie
    hosts = f"{cookie.domain} only" if cookie.host_only else f"{cookie.domain} and names below it"
    remarks = [remark for remark in (_life(arrival), _site(arrival), _jar(arrival)) if remark]
    sentence = "; ".join([f"for {hosts}, paths from {cookie.path}", *(text for text, _ in remarks)])
    sources = dict.fromkeys([rfc("5.7"), *(source for _, source in remarks if source)])
    return Reason(sentence, "; ".join(sources))


def about(seconds: float) -> str:
    """Return a time in its two largest units, such as `7 h 58 min`."""
    rest, parts = round(seconds), []
    for unit, size in UNITS:
        number, rest = divmod(rest, size)
        if number or parts:
            parts.append(f"{number} {unit}" if number else "")
    return " ".join(part for part in parts[:2] if part) or "0 s"


def _life(arrival: Arrival) -> tuple[str, str]:
    expires, line = arrival.cookie.expires, arrival.line
    if expires is None:
        unread = [name for name in ("Max-Age", "Expires") if line.has(name.lower())]
        said = f"its {' and '.join(unread)} cannot be read, so " if unread else ""
        return f"{said}until the browser closes", NOTED if unread else ""
    left = expires - arrival.now
    capped = ", the longest that is allowed" if left >= LONGEST_LIFE else ""
    return f"for {about(left)}{capped}", rfc("5.5") if capped else ""


def _site(arrival: Arrival) -> tuple[str, str] | None:
    if arrival.line.same_site:
        return None
    unknown = "its SameSite is unknown" if arrival.line.has("samesite") else "no SameSite"
    mode = f"{arrival.profile.engine} takes that for {arrival.same_site}"
    return f"{unknown}, and {mode}", RECORDED


def _jar(arrival: Arrival) -> tuple[str, str] | None:
    partition = arrival.cookie.partition
    return (f"in the separate jar of {partition[0]}", RECORDED) if partition else None
