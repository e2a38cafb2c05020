"""Rules of storing that look at who asked: a script, a fetch, a page of another site, plain http.

Left out: what the line says of itself (`line_rules.py`).
"""

from classroom.browser_model.arrival import Arrival
from classroom.browser_model.cookie import domain_matches, path_matches
from classroom.browser_model.decision import NOTED, RECORDED, Reason, rfc
from classroom.browser_model.sites import trustworthy


def fetched_without_cookies(arrival: Arrival) -> Reason | None:
    """What a fetch() does not send, it does not take either."""
    if not arrival.asked.without_cookies:
        return None
    sentence = f"the fetch had credentials: {arrival.asked.credentials}, so its answer sets none"
    return Reason(sentence, f"Fetch standard, credentials mode; {NOTED}")


def http_only_from_script(arrival: Arrival) -> Reason | None:
    """What no script may read, no script may write."""
    if not arrival.asked.by_script or not arrival.line.has("httponly"):
        return None
    return Reason("it is HttpOnly, and a script tries to set it", rfc("5.7"))


def covers_a_secure_cookie(arrival: Arrival) -> Reason | None:
    """Plain http may not lay a cookie over one that came over TLS."""
    new = arrival.cookie
    if new.secure or trustworthy(arrival.asked.url):
        return None
    for old in arrival.jar:
        near = domain_matches(old.domain, new.domain) or domain_matches(new.domain, old.domain)
        if old.name == new.name and old.secure and near and path_matches(new.path, old.path):
            return Reason("plain http may not replace a Secure cookie of this name", rfc("5.7"))
    return None


def set_from_another_site(arrival: Arrival) -> Reason | None:
    """A page of another site sets a SameSite cookie only by leading the whole tab here."""
    asked = arrival.asked
    if arrival.same_site == "None" or asked.top_level or not asked.cross_site(arrival.profile):
        return None
    said = f"SameSite={arrival.line.same_site}"
    implied = f"no SameSite, which {arrival.profile.engine} takes for Lax"
    sentence = f"{said if arrival.line.same_site else implied}: a cross-site {asked.kind} sets none"
    return Reason(sentence, rfc("5.7 step 18"))


def third_party(arrival: Arrival) -> Reason | None:
    """The browser's setting against tracking, whatever the cookie itself says."""
    if arrival.profile.third_party == "allowed" or arrival.cookie.partition:
        return None
    if not arrival.asked.third_party(arrival.profile):
        return None
    return Reason("third-party cookies are blocked in this browser", RECORDED)


def replaces_http_only(arrival: Arrival) -> Reason | None:
    """A script cannot overwrite or remove what it may not read."""
    old = arrival.jar.get(arrival.cookie.key)
    if not arrival.asked.by_script or not old or not old.http_only:
        return None
    return Reason("a script may not replace an HttpOnly cookie", rfc("5.7 step 23.2"))
