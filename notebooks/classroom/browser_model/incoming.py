"""A cookie that comes with a response, before it is stored: all that the rules of storing look at.

Left out: the rules themselves (`store_rules.py`).
"""

from dataclasses import dataclass
from functools import cached_property

from classroom.browser_model.cookie import Cookie
from classroom.browser_model.decisions import NOTED, RECORDED, Reason, rfc
from classroom.browser_model.jar import Jar
from classroom.browser_model.profiles import Profile
from classroom.browser_model.request import Request
from classroom.browser_model.set_cookie import LONGEST_LIFE, SetCookie
from classroom.browser_model.sites import address, host, is_public_suffix
from classroom.display.text import duration


@dataclass(frozen=True)
class IncomingCookie:
    """A Set-Cookie line, the request that it answers, and the browser that it comes to."""

    line: SetCookie
    request: Request
    profile: Profile
    jar: Jar
    now: float

    @property
    def host(self) -> str:
        """The host that sets the cookie."""
        return host(self.request.url)

    @property
    def host_only(self) -> bool:
        """Does it belong to this one host and to none below it?

        `Domain=localhost` and `Domain=127.0.0.1` widen nothing: no host is below them.
        """
        wanted = self.line.domain
        return not wanted or (
            wanted == self.host and (is_public_suffix(wanted) or address(wanted) is not None)
        )

    @property
    def same_site(self) -> str:
        """The SameSite value that the browser applies; without one, Lax or None."""
        return self.line.same_site or ("Lax" if self.profile.lax_by_default else "None")

    @cached_property
    def cookie(self) -> Cookie:
        """The cookie that would be stored."""
        line, url = self.line, self.request.url
        separate = line.has("partitioned") or (
            self.profile.third_party == "partitioned" and self.request.third_party(self.profile)
        )
        return Cookie(
            name=line.name,
            value=line.value,
            domain=self.host if self.host_only else line.domain,
            host_only=self.host_only,
            path=line.path(url),
            secure=line.has("secure"),
            http_only=line.has("httponly"),
            same_site=line.same_site,
            partition=self.request.partition if separate else None,
            expires=line.expires(self.now),
            created=self.now,
            used=self.now,
        )


def why_stored(incoming: IncomingCookie) -> Reason:
    """Return for which hosts, paths and time the cookie is stored, and which rules say so."""
    cookie = incoming.cookie
    hosts = f"{cookie.domain} only" if cookie.host_only else f"{cookie.domain} and names below it"
    remarks = [_life(incoming), _default_same_site(incoming), _partition(incoming)]
    remarks = [remark for remark in remarks if remark]
    sentence = "; ".join([f"for {hosts}, paths from {cookie.path}", *(text for text, _ in remarks)])
    sources = dict.fromkeys([rfc("5.7"), *(source for _, source in remarks if source)])
    return Reason(sentence, "; ".join(sources))


def _life(incoming: IncomingCookie) -> tuple[str, str]:
    expires, line = incoming.cookie.expires, incoming.line
    if expires is None:
        unread = [name for name in ("Max-Age", "Expires") if line.has(name.lower())]
        ignored = f"its {' and '.join(unread)} cannot be read, so " if unread else ""
        return f"{ignored}until the browser closes", NOTED if unread else ""
    left = expires - incoming.now
    capped = ", the longest that is allowed" if left >= LONGEST_LIFE else ""
    return f"for {duration(left)}{capped}", rfc("5.5") if capped else ""


def _default_same_site(incoming: IncomingCookie) -> tuple[str, str] | None:
    if incoming.line.same_site:
        return None
    unknown = "its SameSite is unknown" if incoming.line.has("samesite") else "no SameSite"
    mode = f"{incoming.profile.engine} takes that for {incoming.same_site}"
    return f"{unknown}, and {mode}", RECORDED


def _partition(incoming: IncomingCookie) -> tuple[str, str] | None:
    partition = incoming.cookie.partition
    return (f"in the separate jar of {partition[0]}", RECORDED) if partition else None
