"""What each attribute of a Set-Cookie line means to a browser, and which rules it breaks.

Section numbers are those of draft-ietf-httpbis-rfc6265bis-22, which is to replace RFC 6265.
Left out: what only one browser knows, such as Priority.
"""

import re
from collections.abc import Callable, Iterator

from classroom.display.text import duration

SOURCE = "sections of RFC 6265bis draft 22"
LONGEST = 400 * 86400  # seconds; browsers keep no cookie longer (§5.5)
Get = Callable[[str], str | None]

SPELLING = {
    "httponly": "HttpOnly",
    "secure": "Secure",
    "samesite": "SameSite",
    "path": "Path",
    "domain": "Domain",
    "max-age": "Max-Age",
    "expires": "Expires",
    "partitioned": "Partitioned",
}
_FIXED = {
    "httponly": "page scripts cannot read it; requests still carry it (§4.1.2.6)",
    "secure": "sent over https, and to this machine itself, only (§4.1.2.5)",
    "domain": "sent to this domain and all its sub-domains (§4.1.2.3)",
    "expires": "kept until then, unless Max-Age says otherwise (§4.1.2.1)",
    "partitioned": "a jar of its own for each site that embeds this one",
}
_SAME_SITE = {
    "strict": "sent only with requests that the same site causes (§4.1.2.7)",
    "lax": "other sites' links and GET forms carry it; POST forms and fetch do not (§4.1.2.7)",
    "none": "sent with every request, whichever site causes it (§4.1.2.7)",
}
_ABSENT = {
    "httponly": "page scripts can read it",
    "secure": "sent over plain http too",
    "samesite": "each browser decides; Firefox sends it with other sites' forms",
    "path": "the directory of the request's path is taken (§4.1.2.4)",
    "max-age": "a session cookie: gone when the browser is closed (§4.1.2.2)",
}


def meaning(key: str, value: str, get: Get) -> tuple[str, str]:
    """Return what the attribute says and what is wrong with it, "" when nothing is."""
    name = key.lower()
    if name not in SPELLING:
        return "no attribute that browsers know", "unknown: ignored (§5.6)"
    if len(value.encode("utf-8", "surrogatepass")) > 1024:
        return _FIXED.get(name, ""), "longer than 1,024 bytes: ignored (§5.6)"
    special = {"samesite": _same_site, "path": _path, "max-age": _max_age}
    return special[name](value, get) if name in special else (_FIXED[name], "")


def absent(get: Get) -> Iterator[tuple[str, str]]:
    """Yield the name and the consequence of each attribute that a cookie should have and lacks."""
    for name, consequence in _ABSENT.items():
        if get(name) is None and not (name == "max-age" and get("expires") is not None):
            yield SPELLING[name], consequence


def _same_site(value: str, get: Get) -> tuple[str, str]:
    if value.lower() not in _SAME_SITE:
        return "which requests of other sites carry it", "unknown value: as if it were absent"
    lonely = value.lower() == "none" and get("secure") is None
    return _SAME_SITE[value.lower()], "refused: SameSite=None needs Secure (§5.7)" if lonely else ""


def _path(value: str, get: Get) -> tuple[str, str]:
    if value == "/":
        return "sent to every path of this host (§4.1.2.4)", ""
    ignored = "" if value.startswith("/") else "no / at its start: the default path is taken (§5.6)"
    return "sent to this path and those below it (§4.1.2.4)", ignored


def _max_age(value: str, get: Get) -> tuple[str, str]:
    if not re.fullmatch(r"-?\d+", value, re.ASCII):
        return "how long to keep it, in seconds (§4.1.2.2)", (
            "not digits: browsers ignore it and keep a session cookie (§5.6.2)"
        )
    seconds = int(value[:18])
    if seconds <= 0:
        return "delete it now (§4.1.2.2)", ""
    kept = f"kept for {duration(seconds)}: the unit is seconds (§4.1.2.2)"
    if seconds > LONGEST:
        return kept, "cut to 400 days (§5.5)"
    # 333 days and 8 hours are nobody's wish, 8 hours in milliseconds are.
    odd = seconds > 30 * 86400 and seconds % 1000 == 0 and seconds % 86400 > 0
    meant = duration(seconds // 1000)
    return kept, f"were milliseconds meant? {meant} would be {seconds // 1000}" if odd else ""
