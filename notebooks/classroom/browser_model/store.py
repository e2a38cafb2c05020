"""Whether a browser keeps a cookie: the rules in the order of RFC 6265bis draft 22 §5.7.

A rule is a function that returns why the cookie is refused, or None; the first refusal stands.
Left out: a user who forbids cookies for one site.
"""

from collections.abc import Callable

from classroom.browser_model import asker_rules, line_rules, prefixes, stored
from classroom.browser_model.arrival import Arrival
from classroom.browser_model.decision import NOTED, Decision, Reason, rfc

RULES: tuple[Callable[[Arrival], Reason | None], ...] = (
    line_rules.no_cookie_at_all,
    line_rules.too_long,
    asker_rules.fetched_without_cookies,
    line_rules.foreign_domain,
    line_rules.secure_over_plain_http,
    asker_rules.http_only_from_script,
    asker_rules.covers_a_secure_cookie,
    asker_rules.set_from_another_site,
    line_rules.none_without_secure,
    line_rules.partitioned_without_secure,
    prefixes.prefixed_without_secure,
    prefixes.host_prefix_with_domain,
    prefixes.host_prefix_below_root,
    prefixes.http_prefix_broken,
    prefixes.nameless_in_disguise,
    asker_rules.third_party,
    asker_rules.replaces_http_only,
)

ENDED = Reason("its new time is over, so the stored one goes", rfc("5.7"))
NOT_THERE = Reason(
    "its time is over, and there is none with its name, Domain and Path to remove", rfc("5.7")
)
FULL = Reason("the host has more than 180 cookies: unused ones go, those with Secure last", NOTED)


def take(arrival: Arrival) -> list[Decision]:
    """Put an arriving cookie into the jar if the rules allow it; return what was decided."""
    name, jar = arrival.line.name, arrival.jar
    reason = refusal(arrival)
    if reason:
        return [Decision("refused", name, reason)]
    if arrival.cookie.expired(arrival.now):
        # A line with a time in the past is how a server removes a cookie.
        removed = jar.remove(arrival.cookie)
        verdict, reason = ("removed", ENDED) if removed else ("refused", NOT_THERE)
        return [Decision(verdict, name, reason)]
    jar.put(arrival.cookie, arrival.profile)
    kept = Decision("stored", name, stored.reason(arrival))
    evicted = jar.evict(arrival.cookie.domain)
    return [kept, *(Decision("evicted", one.name, FULL) for one in evicted)]


def refusal(arrival: Arrival) -> Reason | None:
    """Return why the browser refuses the cookie, or None when it is kept."""
    return next((reason for rule in RULES if (reason := rule(arrival))), None)
