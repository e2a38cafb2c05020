"""What each attribute of a Set-Cookie line says, and what is wrong with it.

Section numbers are those of draft-ietf-httpbis-rfc6265bis-22, which is to replace RFC 6265.
"""

from dataclasses import dataclass, field
from functools import cached_property

from classroom.anatomy.cookie_outcome import (
    BLOCKED,
    DELETED,
    SESSION,
    Lives,
    Outcome,
    lives,
    outcomes,
)
from classroom.browser_model import SetCookie, parse
from classroom.browser_model.profiles import CHROMIUM, FIREFOX
from classroom.browser_model.set_cookie import CONTROLS, LONGEST_LIFE, SAME_SITE, Attribute
from classroom.display.text import duration

SPELLING = {
    "httponly": "HttpOnly",
    "secure": "Secure",
    "samesite": "SameSite",
    "path": "Path",
    "domain": "Domain",
    "max-age": "Max-Age",
    "expires": "Expires",
    "partitioned": "Partitioned",
    "priority": "Priority",
}
_MEANINGS = {
    "httponly": "page scripts cannot read it; requests still carry it (§4.1.2.6)",
    "secure": "sent over https only; Chromium and Firefox also to http://localhost (§4.1.2.5)",
    "partitioned": "a jar of its own for each site that embeds this one (CHIPS)",
}
_SAME_SITE = {
    "Strict": "sent only with requests that the same site causes (§4.1.2.7)",
    "Lax": "other sites' links and GET forms carry it; POST forms and fetch do not (§4.1.2.7)",
    "None": "sent whichever site causes it, where no third-party cookie is blocked (§4.1.2.7)",
}


@dataclass(frozen=True)
class Line:
    """A Set-Cookie line that came at the time `now`, and what the model browsers make of it."""

    text: str
    now: float
    cookie: SetCookie = field(init=False)

    def __post_init__(self) -> None:
        """Parse the line."""
        object.__setattr__(self, "cookie", parse(self.text))

    @cached_property
    def outcomes(self) -> list[Outcome]:
        """What each engine does with it."""
        return outcomes(self.text, self.now)

    def lives(self, life: str) -> bool:
        """Return True if the line as a whole has this `life` in each engine."""
        return all(one.life == life for one in self.outcomes)


def explain(attribute: Attribute, line: Line) -> tuple[str, str]:
    """Return what an attribute says, and why browsers ignore it or a part of it, or ""."""
    key, value = attribute.key, attribute.value
    if CONTROLS.search(key + value):
        return _MEANINGS.get(key, ""), "contains a control character (§5.6)"
    if attribute.ignored(FIREFOX):
        return _MEANINGS.get(key, ""), "longer than 1,024 bytes: ignored (§5.6)"
    if attribute.ignored(CHROMIUM):
        return _MEANINGS.get(key, ""), "longer than 1,024 bytes: counts in Firefox only (§5.6)"
    if key not in SPELLING:
        return "no attribute that Chromium or Firefox knows", "unknown: ignored (§5.6)"
    if attribute is not line.cookie.last(key):
        return f"overridden: the last {SPELLING[key]} counts (§5.6)", ""
    special = {
        "samesite": _same_site,
        "path": _path,
        "domain": _domain,
        "max-age": _max_age,
        "expires": _expires,
        "priority": _priority,
    }
    return special[key](value, line) if key in special else (_MEANINGS[key], "")


def _same_site(value: str, line: Line) -> tuple[str, str]:
    mode = SAME_SITE.get(value.lower())
    if mode is None:
        return "which requests of other sites carry it", "unknown value: as if it were absent"
    return _SAME_SITE[mode], ""


def _path(value: str, line: Line) -> tuple[str, str]:
    if value == "/":
        return "sent to every path of this host (§4.1.2.4)", ""
    ignored = "" if value.startswith("/") else "no / at its start: the default path is taken (§5.6)"
    return "sent to this path and those below it (§4.1.2.4)", ignored


def _domain(value: str, line: Line) -> tuple[str, str]:
    if not line.cookie.domain:
        return "empty, as if it were absent: sent to this host only", ""
    stored = [one.cookie for one in line.outcomes if one.cookie]
    if stored and all(cookie.host_only for cookie in stored):
        return "an address or a public suffix: sent to this host only", ""
    return (
        "sent to this domain and all its sub-domains, unless it is a public suffix (§4.1.2.3)",
        "",
    )


def _priority(value: str, line: Line) -> tuple[str, str]:
    meaning = "Chromium only: whether it goes early or late when the jar is full"
    known = value.lower() in ("low", "medium", "high")
    return meaning, "" if known else "neither Low, Medium nor High: as if it were absent"


def _max_age(value: str, line: Line) -> tuple[str, str]:
    read = lives(f"Max-Age={value}", line.now)
    ignoring, flags = _ignored(read, line, "not digits", "§5.6.2")
    if len(ignoring) == len(read):
        return "how long to keep it, in seconds (§4.1.2.2)", flags[0]
    kept = _kept(read)
    if not kept:
        return "delete it now (§4.1.2.2)", "; ".join(flags)
    flags += _deleting(read)
    if value.lstrip("+").isdigit():
        flags += _odd(value.lstrip("+"))
    return f"kept for {duration(kept[0])}: the unit is seconds (§4.1.2.2)", "; ".join(flags)


def _odd(digits: str) -> list[str]:
    """Return what is odd about a Max-Age: cut by browsers, or probably milliseconds."""
    if len(digits) > 15 or int(digits) > LONGEST_LIFE:
        return ["cut to 400 days (§5.5)"]
    seconds = int(digits)
    # Nobody wants 333 days and 8 hours; somebody wanted 8 hours, in milliseconds.
    if seconds > 30 * 86400 and seconds % 1000 == 0 and seconds % 86400 > 0:
        meant = duration(seconds // 1000)
        return [f"were milliseconds meant? {meant} would be {seconds // 1000}"]
    return []


def _expires(value: str, line: Line) -> tuple[str, str]:
    read = lives(f"Expires={value}", line.now)
    ignoring, flags = _ignored(read, line, "not a date", "§5.6.1")
    if len(ignoring) == len(read):
        return "until when to keep it (§4.1.2.1)", flags[0]
    obeying = [one for one in line.outcomes if one.engine not in ignoring and one.life != BLOCKED]
    overruled = [one.engine for one in obeying if one.life != read[one.engine]]
    if overruled and len(overruled) == len(obeying):
        return "overruled: Max-Age counts (§5.7)", "; ".join(flags)
    flags += [f"in {engine} Max-Age counts in its place" for engine in overruled]
    kept = _kept(read)
    if not kept:
        return "in the past: delete it now (§4.1.2.1)", "; ".join(flags)
    flags += _deleting(read)
    flags += ["cut to 400 days (§5.5)"] if max(kept) >= LONGEST_LIFE else []
    flags += ["Chromium and Firefox read different times"] if len(set(kept)) > 1 else []
    return "kept until then (§4.1.2.1)", "; ".join(flags)


def _ignored(read: Lives, line: Line, flaw: str, section: str) -> tuple[list[str], list[str]]:
    """Return which engines ignore Max-Age or Expires, and what to say of it: once, if all do."""
    ignoring = [engine for engine, life in read.items() if life == SESSION]
    if len(ignoring) == len(read):
        instead = " and keep a session cookie" if line.lives(SESSION) else ""
        return ignoring, [f"{flaw}: browsers ignore it{instead} ({section})"]
    return ignoring, [f"{flaw} to {engine}, which ignores it ({section})" for engine in ignoring]


def _kept(read: Lives) -> list[float]:
    return [life for life in read.values() if isinstance(life, float)]


def _deleting(read: Lives) -> list[str]:
    return [f"{engine} deletes it" for engine, life in read.items() if life == DELETED]
