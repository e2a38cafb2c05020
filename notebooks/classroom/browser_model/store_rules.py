"""Whether a browser stores a cookie (RFC 6265bis draft 22 §5.7), one rule a function.

A rule returns the reason to block the cookie, or None. The first reason counts.
The rules about names such as `__Host-` are in `prefix_rules.py`.
Left out: a user who blocks cookies of one site.
"""

from collections.abc import Callable

from classroom.browser_model.cookie import domain_matches, path_matches
from classroom.browser_model.decisions import NOTED, RECORDED, Reason, rfc
from classroom.browser_model.incoming import IncomingCookie
from classroom.browser_model.jar import MOST
from classroom.browser_model.prefix_rules import (
    host_prefix_below_root,
    host_prefix_with_domain,
    http_prefix_broken,
    prefix_without_secure,
)
from classroom.browser_model.set_cookie import LONGEST_ATTRIBUTE, protected_prefix, size
from classroom.browser_model.sites import is_public_suffix, trustworthy

LONGEST = 4096  # bytes of name and value together

# Rules about the Set-Cookie line and the host that it comes from.


def no_cookie_at_all(incoming: IncomingCookie) -> Reason | None:
    """Block a line with control characters, or with neither name nor value."""
    if incoming.line.has_controls:
        return Reason("the line contains a control character", rfc("5.7"))
    if not incoming.line.name and not incoming.line.value:
        return Reason("it has neither a name nor a value", rfc("5.7"))
    return None


def nameless(incoming: IncomingCookie) -> Reason | None:
    """Block a nameless cookie where there are none, or whose value would pass for another cookie.

    It is sent as its bare value: `=a=b` would be sent like the cookie `a`.
    """
    value = incoming.line.value
    if incoming.line.name:
        return None
    if incoming.profile.bare_text_is_a_name:
        return Reason(f"it has no name, and {incoming.profile.engine} demands one", NOTED)
    if "=" in value:
        return Reason("it has no name, and its value has a =, like another cookie", NOTED, "value")
    if protected_prefix(value):
        sentence = "it has no name, and its value would pass for a cookie with a protected name"
        return Reason(sentence, f"{rfc('5.7')}; {NOTED}", "value")
    return None


def too_long(incoming: IncomingCookie) -> Reason | None:
    """Block more than 4096 bytes of name and value together."""
    length = incoming.line.size
    if length <= LONGEST:
        return None
    sentence = f"name and value are {length} bytes; the limit is {LONGEST}"
    return Reason(sentence, rfc("5.7 step 4"), "value")


def odd_path(incoming: IncomingCookie) -> Reason | None:
    """Block in Firefox a path that holds a tab, or a default path of more than 1024 bytes."""
    path = incoming.cookie.path
    if incoming.profile.odd_paths:
        return None
    if "\t" in path:
        return Reason("its path contains a tab", NOTED, "path")
    if size(path) > LONGEST_ATTRIBUTE:
        sentence = f"without Path its path has {size(path)} bytes; the limit is {LONGEST_ATTRIBUTE}"
        return Reason(sentence, NOTED, "path")
    return None


def foreign_domain(incoming: IncomingCookie) -> Reason | None:
    """Block a Domain that is neither the host nor a name above it that somebody can own."""
    wanted = incoming.line.domain
    if incoming.host_only:
        return None
    if is_public_suffix(wanted):
        sentence = "its Domain is a public suffix, which belongs to nobody"
        return Reason(sentence, rfc("5.7"), "domain")
    if not domain_matches(incoming.host, wanted):
        sentence = "its Domain is neither this host nor a name above it"
        return Reason(sentence, rfc("5.7"), "domain")
    return None


def secure_over_plain_http(incoming: IncomingCookie) -> Reason | None:
    """Block a Secure cookie over plain http, except from loopback."""
    if not incoming.line.has("secure") or trustworthy(incoming.request.url):
        return None
    sentence = "it is Secure, and this host was reached over plain http"
    return Reason(sentence, rfc("5.7"), "secure")


def none_without_secure(incoming: IncomingCookie) -> Reason | None:
    """Block SameSite=None without Secure, on localhost too."""
    if incoming.line.same_site != "None" or incoming.line.has("secure"):
        return None
    return Reason("SameSite=None needs Secure", f"{rfc('5.7')}; {RECORDED}", "samesite")


def partitioned_without_secure(incoming: IncomingCookie) -> Reason | None:
    """Block Partitioned without Secure."""
    if not incoming.line.has("partitioned") or incoming.line.has("secure"):
        return None
    return Reason("Partitioned needs Secure", NOTED, "partitioned")


# Rules about the initiator: a script, a fetch, a page of another site, plain http.


def fetched_without_cookies(incoming: IncomingCookie) -> Reason | None:
    """Block the cookies in the response to a fetch() that sent none."""
    if not incoming.request.without_cookies:
        return None
    mode = incoming.request.credentials
    sentence = f"the fetch had credentials: {mode}, so its response sets none"
    return Reason(sentence, f"Fetch standard, credentials mode; {NOTED}")


def http_only_from_script(incoming: IncomingCookie) -> Reason | None:
    """Block HttpOnly from a script: no script may write what no script may read."""
    if not incoming.request.by_script or not incoming.line.has("httponly"):
        return None
    return Reason("it is HttpOnly, and a script tries to set it", rfc("5.7"), "httponly")


def covers_a_secure_cookie(incoming: IncomingCookie) -> Reason | None:
    """Block over plain http what would be sent in the place of a stored Secure cookie."""
    new = incoming.cookie
    if new.secure or trustworthy(incoming.request.url):
        return None
    for old in incoming.jar:
        if incoming.profile.secure_guards_relatives:
            near = domain_matches(old.domain, new.domain) or domain_matches(new.domain, old.domain)
        else:  # one of the two would be sent to the host of the other
            near = old.belongs_to(new.domain) or new.belongs_to(old.domain)
        if old.name == new.name and old.secure and near and path_matches(new.path, old.path):
            return Reason("plain http may not replace a Secure cookie of this name", rfc("5.7"))
    return None


def set_from_another_site(incoming: IncomingCookie) -> Reason | None:
    """Block a SameSite cookie of a cross-site request, unless the whole tab comes here."""
    request = incoming.request
    navigates = request.top_level or not request.cross_site(incoming.profile)
    if incoming.same_site == "None" or navigates:
        return None
    named = f"SameSite={incoming.line.same_site}"
    implied = f"no SameSite, which {incoming.profile.engine} takes for Lax"
    words = named if incoming.line.same_site else implied
    sentence = f"{words}: a cross-site {request.kind} sets none"
    return Reason(sentence, rfc("5.7 step 18"), "samesite")


def third_party(incoming: IncomingCookie) -> Reason | None:
    """Block third-party cookies if the browser is set to do so, whatever the cookie says."""
    if incoming.profile.third_party == "allowed" or incoming.cookie.partition:
        return None
    if not incoming.request.third_party(incoming.profile):
        return None
    return Reason("third-party cookies are blocked in this browser", RECORDED)


def replaces_http_only(incoming: IncomingCookie) -> Reason | None:
    """Block a script that replaces or removes an HttpOnly cookie."""
    old = incoming.jar.get(incoming.cookie.key)
    if not incoming.request.by_script or not old or not old.http_only:
        return None
    return Reason("a script may not replace an HttpOnly cookie", rfc("5.7 step 23.2"))


def full_of_secure_cookies(incoming: IncomingCookie) -> Reason | None:
    """Block a cookie without Secure in Firefox if its site's jar is full of Secure ones."""
    new, jar = incoming.cookie, incoming.jar
    if new.secure or jar.get(new.key) or not incoming.profile.full_jar_spares_secure:
        return None
    others = jar.beside(new)
    if len(others) < MOST or not all(one.secure for one in others):
        return None
    sentence = f"its site has {MOST} cookies, all Secure; one without Secure evicts none of them"
    return Reason(sentence, NOTED)


RULES: tuple[Callable[[IncomingCookie], Reason | None], ...] = (  # in the order of §5.7
    no_cookie_at_all,
    nameless,
    too_long,
    odd_path,
    fetched_without_cookies,
    foreign_domain,
    secure_over_plain_http,
    http_only_from_script,
    covers_a_secure_cookie,
    set_from_another_site,
    none_without_secure,
    partitioned_without_secure,
    prefix_without_secure,
    host_prefix_with_domain,
    host_prefix_below_root,
    http_prefix_broken,
    third_party,
    replaces_http_only,
    full_of_secure_cookies,
)


def why_blocked(incoming: IncomingCookie) -> Reason | None:
    """Return why the browser does not store the cookie, or None if it does."""
    return next((reason for rule in RULES if (reason := rule(incoming))), None)
