"""The parts of a Set-Cookie line, and what browsers make of each.

The model browser reads the line and judges it (browser_model); here are the words that explain it.
Section numbers are those of draft-ietf-httpbis-rfc6265bis-22, which is to replace RFC 6265.
Left out: attributes that only one browser knows, such as Priority.
"""

import time
from collections.abc import Iterator

from classroom.anatomy.parts import Anatomy, Part
from classroom.browser_model import Browser, Reason, SetCookie, parse
from classroom.browser_model.set_cookie import (
    LONGEST_LIFE,
    SAME_SITE,
    Attribute,
    read_date,
    read_max_age,
)
from classroom.browser_model.sites import host
from classroom.display.labels import split_volatile
from classroom.display.text import duration, plain

SOURCE = "sections of RFC 6265bis draft 22"
BROWSERS = ("chromium", "firefox")
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
_NAMES = {
    "__Host-Http-": "__Host-Http-: as __Host-, and HttpOnly, never from a script",
    "__Host-": "__Host-: stored only with Secure, Path=/ and no Domain (§4.1.3.2)",
    "__Http-": "__Http-: stored only with Secure and HttpOnly, never from a script",
    "__Secure-": "__Secure-: stored only with Secure (§4.1.3.1)",
    "": "any name does; __Host- before it would pin the cookie to this host (§4.1.3.2)",
}
_MEANINGS = {
    "httponly": "page scripts cannot read it; requests still carry it (§4.1.2.6)",
    "secure": "sent over https, and to this machine itself, only (§4.1.2.5)",
    "domain": "sent to this domain and all its sub-domains (§4.1.2.3)",
    "partitioned": "a jar of its own for each site that embeds this one",
}
_SAME_SITE = {
    "Strict": "sent only with requests that the same site causes (§4.1.2.7)",
    "Lax": "other sites' links and GET forms carry it; POST forms and fetch do not (§4.1.2.7)",
    "None": "sent with every request, whichever site causes it (§4.1.2.7)",
}
_ABSENT = {
    "httponly": "page scripts can read it",
    "secure": "sent over plain http too",
    "samesite": "each browser decides; Firefox sends it with other sites' forms",
    "path": "the directory of the request's path is taken (§4.1.2.4)",
    "max-age": "a session cookie: gone when the browser is closed (§4.1.2.2)",
}


def anatomy(line: str) -> Anatomy:
    """Return the parts of a Set-Cookie line, and those that it should have and lacks."""
    cookie, blocked = parse(line), _blocked(line)
    name, value = [cookie.name], split_volatile(cookie.value)
    unread = "sent back as it is; a browser does not read it"
    parts: list[str | Part] = [
        Part("name", name, _NAMES[cookie.prefix], blocked.get("name", ""), name),
        "=",
        Part("value", value, unread, blocked.get("value", ""), value),
    ]
    for attribute in cookie.attributes:
        key, text = attribute
        shown = split_volatile(f"{key}={text}" if text else key)
        meaning, flag = explain(key, text, cookie)
        if attribute is cookie.last(attribute.key):
            flag = "; ".join(filter(None, (flag, blocked.get(attribute.key))))
        parts += ["; ", Part(SPELLING.get(attribute.key, "unknown"), shown, meaning, flag, shown)]
    for key, meaning in _absent(cookie):
        parts.append(Part(key, ["absent"], meaning))
    return Anatomy("Set-Cookie", [plain(name), "=", *value], tuple(parts), SOURCE)


def explain(name: str, value: str, cookie: SetCookie) -> tuple[str, str]:
    """Return what an attribute says, and why browsers ignore it or a part of it, or ""."""
    key = name.lower()
    if key not in SPELLING:
        return "no attribute that browsers know", "unknown: ignored (§5.6)"
    if Attribute(name, value).too_long:
        return _MEANINGS.get(key, ""), "longer than 1,024 bytes: ignored (§5.6)"
    special = {"samesite": _same_site, "path": _path, "max-age": _max_age, "expires": _expires}
    return special[key](value, cookie) if key in special else (_MEANINGS[key], "")


def _blocked(line: str) -> dict[str, str]:
    """Return for which part of the line browsers block the cookie, and why; {} if they store it."""
    reasons: dict[Reason, list[str]] = {}
    for browser in (Browser(name, start=time.time()) for name in BROWSERS):
        (decision,) = browser.receive(_url(parse(line)), line)
        if decision.verdict == "blocked":
            reasons.setdefault(decision.reason, []).append(browser.profile.engine)
    flags: dict[str, str] = {}
    for reason, engines in reasons.items():
        where = "" if len(engines) == len(BROWSERS) else f" in {engines[0]}"
        before = f"{flags[reason.part]}; " if reason.part in flags else ""
        flags[reason.part] = f"{before}blocked{where}: {reason}"
    return flags


def _url(cookie: SetCookie) -> str:
    """Return a URL of the host that Domain names, so that only an impossible Domain is blocked."""
    url = f"https://{cookie.domain}/"
    try:
        return url if cookie.domain and host(url) == cookie.domain else "https://trax.test/"
    except ValueError:
        return "https://trax.test/"


def _absent(cookie: SetCookie) -> Iterator[tuple[str, str]]:
    """Yield the name and the consequence of each attribute that a cookie should have and lacks."""
    for key, consequence in _ABSENT.items():
        if not cookie.has(key) and not (key == "max-age" and cookie.has("expires")):
            yield SPELLING[key], consequence


def _same_site(value: str, cookie: SetCookie) -> tuple[str, str]:
    mode = SAME_SITE.get(value.lower())
    if mode is None:
        return "which requests of other sites carry it", "unknown value: as if it were absent"
    return _SAME_SITE[mode], ""


def _path(value: str, cookie: SetCookie) -> tuple[str, str]:
    if value == "/":
        return "sent to every path of this host (§4.1.2.4)", ""
    ignored = "" if value.startswith("/") else "no / at its start: the default path is taken (§5.6)"
    return "sent to this path and those below it (§4.1.2.4)", ignored


def _max_age(value: str, cookie: SetCookie) -> tuple[str, str]:
    profiles = [Browser(name).profile for name in BROWSERS]
    read = {one.engine: read_max_age(value, one) for one in profiles}
    ignoring = [engine for engine, seconds in read.items() if seconds is None]
    if len(ignoring) == len(read):
        session = cookie.expires(time.time(), profiles[0]) is None
        instead = " and keep a session cookie" if session else ""
        return "how long to keep it, in seconds (§4.1.2.2)", (
            f"not digits: browsers ignore it{instead} (§5.6.2)"
        )
    seconds = next(one for one in read.values() if one is not None)
    flags = [f"not digits to {engine}, which ignores it (§5.6.2)" for engine in ignoring]
    if seconds <= 0:
        return "delete it now (§4.1.2.2)", "; ".join(flags)
    flags += _odd(seconds)
    kept = duration(min(seconds, LONGEST_LIFE))
    return f"kept for {kept}: the unit is seconds (§4.1.2.2)", "; ".join(flags)


def _odd(seconds: int) -> list[str]:
    """Return what is odd about a Max-Age: cut by browsers, or probably milliseconds."""
    if seconds > LONGEST_LIFE:
        return ["cut to 400 days (§5.5)"]
    # Nobody wants 333 days and 8 hours; somebody wanted 8 hours, in milliseconds.
    if seconds > 30 * 86400 and seconds % 1000 == 0 and seconds % 86400 > 0:
        meant = duration(seconds // 1000)
        return [f"were milliseconds meant? {meant} would be {seconds // 1000}"]
    return []


def _expires(value: str, cookie: SetCookie) -> tuple[str, str]:
    date = read_date(value)
    if date is None:
        return (
            "until when to keep it (§4.1.2.1)",
            "not a date: browsers ignore it (§5.6.1)",
        )
    if date <= time.time():
        return "in the past: delete it now, unless Max-Age says otherwise (§4.1.2.1)", ""
    return "kept until then, unless Max-Age says otherwise (§4.1.2.1)", ""
