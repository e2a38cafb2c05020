"""Whether a stored cookie is sent with a request, one rule a function (RFC 6265bis-22 §5.8.3).

A rule returns the reason to block the cookie, or None. The first reason counts.
Left out: a cookie that CORS sends but whose response the page may not read.
"""

from collections.abc import Callable
from dataclasses import dataclass

from classroom.browser_model.cookie import Cookie, path_matches
from classroom.browser_model.decisions import RECORDED, Reason, rfc
from classroom.browser_model.profiles import Profile
from classroom.browser_model.request import Request
from classroom.browser_model.sites import host, path, same_origin, trustworthy

FRESH = 120  # seconds in which Chromium sends a cookie without SameSite with a top-level POST
EXCEPTION = f"Chromium's two-minute exception: {RECORDED}"


@dataclass(frozen=True)
class Candidate:
    """A stored cookie, the request that may carry it, and the browser whose rules apply."""

    cookie: Cookie
    request: Request
    profile: Profile
    now: float

    @property
    def cross_site(self) -> bool:
        """Does another site than the cookie's own take part in the request?"""
        return self.request.cross_site(self.profile)

    @property
    def fresh(self) -> bool:
        """Is the cookie at most two minutes old?"""
        return self.now - self.cookie.created <= FRESH

    @property
    def words(self) -> str:
        """A cross-site request in words, such as `a cross-site POST` or `a cross-site fetch`."""
        request = self.request
        if request.by_script:
            return "a page inside another site's page"
        what = f"top-level {request.method.upper()}" if request.top_level else request.kind
        return f"a cross-site {what}"


def other_host(candidate: Candidate) -> Reason | None:
    """Block a cookie of another host; ports do not matter."""
    cookie = candidate.cookie
    if cookie.belongs_to(host(candidate.request.url)):
        return None
    scope = "only to" if cookie.host_only else "to the names at and below"
    return Reason(f"it belongs {scope} {cookie.domain}", rfc("5.8.3"))


def other_path(candidate: Candidate) -> Reason | None:
    """Block a cookie of another path."""
    if path_matches(path(candidate.request.url), candidate.cookie.path):
        return None
    return Reason(f"it belongs to the paths below {candidate.cookie.path}", rfc("5.8.3"))


def hidden_from_script(candidate: Candidate) -> Reason | None:
    """Hide an HttpOnly cookie from `document.cookie`, and from nothing else."""
    if not candidate.request.by_script or not candidate.cookie.http_only:
        return None
    return Reason("it is HttpOnly: no script may read it", rfc("5.8.2"))


def secure_over_plain_http(candidate: Candidate) -> Reason | None:
    """Block a Secure cookie over plain http, except to loopback."""
    if not candidate.cookie.secure or trustworthy(candidate.request.url):
        return None
    return Reason("it is Secure, and this goes out over plain http", rfc("5.8.3"))


def fetched_without_cookies(candidate: Candidate) -> Reason | None:
    """Block all cookies of a cross-origin fetch() that does not say `credentials: "include"`."""
    if not candidate.request.without_cookies:
        return None
    mode = candidate.request.credentials
    return Reason(f"the fetch has credentials: {mode}", f"Fetch standard; {RECORDED}")


def other_partition(candidate: Candidate) -> Reason | None:
    """Block a cookie that lies in the separate jar of another embedding site."""
    cookie = candidate.cookie
    if cookie.partition is None or cookie.partition == candidate.request.partition:
        return None
    sentence = f"it lies in the separate jar for pages of {cookie.partition[0]}"
    return Reason(sentence, RECORDED)


def same_site(candidate: Candidate) -> Reason | None:
    """Block what SameSite forbids (§5.6.7).

    Chromium takes an absent one for Lax, but lets a top-level POST through for two minutes.
    """
    mode, profile = candidate.cookie.same_site, candidate.profile
    if not candidate.cross_site or mode == "None":
        return None
    if mode == "Strict":
        sentence = f"SameSite=Strict: {candidate.words} does not carry it"
        return Reason(sentence, rfc("5.6.7.1"))
    if candidate.request.top_level and candidate.request.safe:
        return None
    if mode == "Lax":
        return Reason(f"SameSite=Lax: {candidate.words} does not carry it", rfc("5.6.7.1"))
    if not profile.lax_by_default or (candidate.request.top_level and candidate.fresh):
        return None
    older = "and older than two minutes, so {} takes it for Lax"
    meaning = older if candidate.request.top_level else "which {} takes for Lax"
    sentence = f"no SameSite, {meaning.format(profile.engine)}: {candidate.words} does not carry it"
    return Reason(sentence, RECORDED)


def third_party(candidate: Candidate) -> Reason | None:
    """Block third-party cookies if the browser is set to do so, whatever the cookie says."""
    setting = candidate.profile.third_party
    if setting == "allowed" or candidate.cookie.partition:
        return None
    if not candidate.request.third_party(candidate.profile):
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
    same_site,
    third_party,
)


def why_blocked(candidate: Candidate) -> Reason | None:
    """Return why the cookie is not sent, or None if it is sent."""
    return next((reason for rule in RULES if (reason := rule(candidate))), None)


def why_sent(candidate: Candidate) -> Reason:
    """Return why the cookie is sent, once no rule blocks it."""
    request = candidate.request
    if candidate.cross_site:
        return _why_sent_across_sites(candidate)
    if request.initiator is None:
        return Reason("the user typed the address", rfc("5.2"))
    if request.kind == "reload-by-script":
        return Reason("the page reloads itself", RECORDED)
    origin = same_origin(request.url, request.initiator)
    what = "document.cookie" if request.by_script else "request"
    return Reason(f"same-{'origin' if origin else 'site'} {what}", rfc("5.2"))


def _why_sent_across_sites(candidate: Candidate) -> Reason:
    mode, engine = candidate.cookie.same_site, candidate.profile.engine
    if mode == "None":
        return Reason(f"SameSite=None: even {candidate.words} carries it", rfc("5.6.7"))
    if mode == "Lax":
        return Reason(f"SameSite=Lax: {candidate.words} carries it", rfc("5.6.7.1"))
    if candidate.profile.lax_by_default and not candidate.request.safe:
        sentence = f"no SameSite and at most two minutes old: {candidate.words} still carries it"
        return Reason(sentence, EXCEPTION)
    meaning = "Lax" if candidate.profile.lax_by_default else "None"
    sentence = f"no SameSite, which {engine} takes for {meaning}: {candidate.words} carries it"
    return Reason(sentence, RECORDED)
