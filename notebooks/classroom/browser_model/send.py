"""Whether a cookie goes along with a request (RFC 6265bis draft 22 §5.8.3), one rule a function.

A rule returns why the cookie is withheld, or None; the first one that speaks is told.
Left out: a cookie that CORS sends but whose answer the page may not read.
"""

from collections.abc import Callable

from classroom.browser_model import same_site
from classroom.browser_model.candidate import Candidate
from classroom.browser_model.cookie import path_matches
from classroom.browser_model.decision import RECORDED, Reason, rfc
from classroom.browser_model.sites import host, path, same_origin, trustworthy


def other_host(candidate: Candidate) -> Reason | None:
    """Ports do not matter, names do."""
    cookie = candidate.cookie
    if cookie.belongs_to(host(candidate.asked.url)):
        return None
    scope = "only to" if cookie.host_only else "to the names at and below"
    return Reason(f"it belongs {scope} {cookie.domain}", rfc("5.8.3"))


def other_path(candidate: Candidate) -> Reason | None:
    """A path covers whole segments below it."""
    if path_matches(path(candidate.asked.url), candidate.cookie.path):
        return None
    return Reason(f"it belongs to the paths below {candidate.cookie.path}", rfc("5.8.3"))


def hidden_from_script(candidate: Candidate) -> Reason | None:
    """HttpOnly keeps a cookie out of `document.cookie`, and nothing else."""
    if not candidate.asked.by_script or not candidate.cookie.http_only:
        return None
    return Reason("it is HttpOnly: no script may read it", rfc("5.8.2"))


def secure_over_plain_http(candidate: Candidate) -> Reason | None:
    """Loopback counts as safe enough; any other host needs TLS."""
    if not candidate.cookie.secure or trustworthy(candidate.asked.url):
        return None
    return Reason("it is Secure, and this goes out over plain http", rfc("5.8.3"))


def fetched_without_cookies(candidate: Candidate) -> Reason | None:
    """fetch() leaves cookies out across origins unless it is told to include them."""
    if not candidate.asked.without_cookies:
        return None
    mode = candidate.asked.credentials
    return Reason(f"the fetch has credentials: {mode}", f"Fetch standard; {RECORDED}")


def other_partition(candidate: Candidate) -> Reason | None:
    """A cookie of a separate jar stays in it."""
    cookie = candidate.cookie
    if cookie.partition is None or cookie.partition == candidate.asked.partition:
        return None
    sentence = f"it lies in the separate jar for pages of {cookie.partition[0]}"
    return Reason(sentence, RECORDED)


def third_party(candidate: Candidate) -> Reason | None:
    """The browser's setting against tracking, whatever the cookie itself says."""
    setting = candidate.profile.third_party
    if setting == "allowed" or candidate.cookie.partition:
        return None
    if not candidate.asked.third_party(candidate.profile):
        return None
    blocked = "third-party cookies are blocked in this browser"
    apart = "inside a page of another site this browser uses a separate, still empty jar"
    return Reason(blocked if setting == "blocked" else apart, RECORDED)


RULES: tuple[Callable[[Candidate], Reason | None], ...] = (
    other_host,
    other_path,
    hidden_from_script,
    secure_over_plain_http,
    fetched_without_cookies,
    other_partition,
    same_site.withheld,
    third_party,
)


def withheld(candidate: Candidate) -> Reason | None:
    """Return why the cookie stays at home, or None when it goes along."""
    return next((reason for rule in RULES if (reason := rule(candidate))), None)


def why_sent(candidate: Candidate) -> Reason:
    """Return why nothing holds the cookie back."""
    asked = candidate.asked
    if candidate.cross_site:
        return same_site.let_through(candidate)
    if asked.initiator is None:
        return Reason("the user typed the address", rfc("5.2"))
    if asked.kind == "reload-by-script":
        return Reason("the page reloads itself", RECORDED)
    origin = same_origin(asked.url, asked.initiator)
    what = "document.cookie" if asked.by_script else "request"
    return Reason(f"same-{'origin' if origin else 'site'} {what}", rfc("5.2"))
