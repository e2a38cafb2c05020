"""A cookie that arrives, with all that the rules of storing look at.

Left out: the rules themselves (`store.py`, `prefixes.py`).
"""

from dataclasses import dataclass
from functools import cached_property

from classroom.browser_model.asked import Asked
from classroom.browser_model.cookie import Cookie
from classroom.browser_model.jar import Jar
from classroom.browser_model.profiles import Profile
from classroom.browser_model.set_cookie import SetCookie
from classroom.browser_model.sites import address, host, is_public_suffix


@dataclass(frozen=True)
class Arrival:
    """A taken-apart Set-Cookie line, the request it answers, and the browser it arrives at."""

    line: SetCookie
    asked: Asked
    profile: Profile
    jar: Jar
    now: float

    @property
    def host(self) -> str:
        """The host that sets the cookie."""
        return host(self.asked.url)

    @property
    def host_only(self) -> bool:
        """Does it belong to this one host and none below it?

        `Domain=localhost` and an address widen nothing, as there is nothing below them.
        """
        wanted = self.line.domain
        return not wanted or (
            wanted == self.host and (is_public_suffix(wanted) or address(wanted) is not None)
        )

    @property
    def same_site(self) -> str:
        """The SameSite value that the browser goes by when there is none: Lax or None."""
        return self.line.same_site or ("Lax" if self.profile.lax_by_default else "None")

    @cached_property
    def cookie(self) -> Cookie:
        """The cookie that would be stored."""
        line, url = self.line, self.asked.url
        separate = line.has("partitioned") or (
            self.profile.third_party == "partitioned" and self.asked.third_party(self.profile)
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
            partition=self.asked.partition if separate else None,
            expires=line.expires(self.now, self.profile),
            created=self.now,
        )
