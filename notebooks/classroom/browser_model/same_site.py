"""What SameSite lets through (RFC 6265bis draft 22 §5.6.7), and the two-minute exception.

Left out: whether a request is cross-site at all, which `asked.py` says.
"""

from classroom.browser_model.candidate import Candidate
from classroom.browser_model.decision import RECORDED, Reason, rfc

FRESH = 120  # seconds in which Chromium lets a cookie without SameSite go with a top-level POST
EXCEPTION = f"Chromium's two-minute exception: {RECORDED}"


def withheld(candidate: Candidate) -> Reason | None:
    """Return why SameSite holds the cookie back, or None."""
    mode = candidate.cookie.same_site
    if not candidate.cross_site or mode == "None":
        return None
    if mode == "Strict":
        sentence = f"SameSite=Strict: {request(candidate)} does not carry it"
        return Reason(sentence, rfc("5.6.7.1"))
    if mode == "Lax":
        return _by_lax(candidate, "SameSite=Lax", rfc("5.6.7.1"))
    return _unset(candidate) if candidate.profile.lax_by_default else None


def _by_lax(candidate: Candidate, named: str, source: str) -> Reason | None:
    asked = candidate.asked
    if asked.top_level and asked.safe:
        return None
    return Reason(f"{named}: {request(candidate)} does not carry it", source)


def _unset(candidate: Candidate) -> Reason | None:
    """Take a cookie without SameSite for Lax, but not at once."""
    if candidate.asked.top_level and is_fresh(candidate):
        return None
    return _by_lax(candidate, f"no SameSite, {_counts_as_lax(candidate)}", RECORDED)


def _counts_as_lax(candidate: Candidate) -> str:
    """Say what an absent SameSite means, and that a POST had its two minutes."""
    name = candidate.profile.engine
    if candidate.asked.top_level:
        return f"and older than two minutes, so {name} takes it for Lax"
    return f"which {name} takes for Lax"


def is_fresh(candidate: Candidate) -> bool:
    """Say whether the cookie is at most two minutes old."""
    return candidate.now - candidate.cookie.created <= FRESH


def let_through(candidate: Candidate) -> Reason:
    """Return why SameSite does not hold a cookie back from a cross-site request."""
    mode, asked = candidate.cookie.same_site, candidate.asked
    if mode == "None":
        sentence = f"SameSite=None: even {request(candidate)} carries it"
        return Reason(sentence, rfc("5.6.7"))
    if mode == "Lax":
        return Reason(f"SameSite=Lax: {request(candidate)} carries it", rfc("5.6.7.1"))
    engine = candidate.profile.engine
    if not candidate.profile.lax_by_default:
        sentence = f"no SameSite, which {engine} takes for None: {request(candidate)} carries it"
        return Reason(sentence, RECORDED)
    if asked.safe:
        sentence = f"no SameSite, which {engine} takes for Lax: {request(candidate)} carries it"
        return Reason(sentence, RECORDED)
    sentence = f"no SameSite and at most two minutes old: {request(candidate)} still carries it"
    return Reason(sentence, EXCEPTION)


def request(candidate: Candidate) -> str:
    """Return the request in words, such as `a cross-site POST` or `a cross-site fetch`."""
    asked = candidate.asked
    if asked.by_script:
        return "a page inside another site's page"
    what = f"top-level {asked.method.upper()}" if asked.top_level else asked.kind
    return f"a cross-site {what}"
