"""The jar of a browser: which cookies it holds, in which order, and which a full jar evicts.

All hosts of a site share one limit, so a host can evict the cookies of another (measured in both
browsers, data/README.md). Left out: a limit for all sites together; Chromium's `Priority`; that
Firefox takes all cookies of one response as used at the same moment.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import count

from classroom.browser_model.cookie import Cookie, Key
from classroom.browser_model.profiles import Profile

MOST = 180  # cookies of one site; the next one makes the browser evict others
KEPT = 150  # cookies of one site after that
USE_COUNTS_AFTER = 60  # seconds: within them, another use of a cookie is not noted


class Jar:
    """The cookies of one browser."""

    def __init__(self) -> None:
        """Start empty."""
        # In the order of last use, least recently used first: that one is evicted first.
        self._cookies: dict[Key, Cookie] = {}
        self._numbers = count(1)

    def __iter__(self) -> Iterator[Cookie]:
        """Yield the cookies in the order of a Cookie header: longer path, then older (§5.8.3)."""
        yield from sorted(self._cookies.values(), key=lambda one: (-len(one.path), one.number))

    def __len__(self) -> int:
        """Return how many cookies there are."""
        return len(self._cookies)

    def get(self, key: Key) -> Cookie | None:
        """Return the cookie of this key, or None."""
        return self._cookies.get(key)

    def put(self, cookie: Cookie, profile: Profile) -> list[Cookie]:
        """Store a cookie in the place of one with the same key; return which others are evicted."""
        old = self._cookies.pop(cookie.key, None)
        # Firefox keeps age and place as the standard asks; Chromium only if the value is the same.
        if old and (profile.update_keeps_age or old.value == cookie.value):
            cookie = replace(cookie, created=old.created, number=old.number)
        else:
            cookie = replace(cookie, number=next(self._numbers))
        self._cookies[cookie.key] = cookie
        return self._evict(cookie, profile)

    def remove(self, cookie: Cookie) -> bool:
        """Remove a cookie; return True if there was one."""
        return self._cookies.pop(cookie.key, None) is not None

    def use(self, cookie: Cookie, now: float) -> None:
        """Note that a cookie was sent just now, if its last use is more than a minute ago."""
        if now - cookie.used > USE_COUNTS_AFTER:
            del self._cookies[cookie.key]
            self._cookies[cookie.key] = replace(cookie, used=now)

    def beside(self, cookie: Cookie) -> list[Cookie]:
        """Return the other cookies that share a limit with this one, least recently used first.

        They are those of the same site and, if they lie in a separate jar, of the same one.
        """
        own, shared = cookie.key, (cookie.site, cookie.partition)
        others = (one for key, one in self._cookies.items() if key != own)
        return [one for one in others if (one.site, one.partition) == shared]

    def purge(self, now: float) -> list[Cookie]:
        """Remove and return the cookies that have expired."""
        return [one for one in list(self) if one.expired(now) and self.remove(one)]

    def _evict(self, new: Cookie, profile: Profile) -> list[Cookie]:
        """Cut a site with more than 180 cookies to 150; return those that are removed.

        Cookies without Secure are removed first, and among them those unused for longest.
        """
        others = self.beside(new)
        if len(others) < MOST:
            return []
        plain = [one for one in others if not one.secure]
        secure = [one for one in others if one.secure]
        if profile.full_jar_spares_secure:
            # Secure ones are removed only if there are no others, even if more than 150 stay.
            candidates = plain or secure
        elif new.secure:
            candidates = plain + secure
        else:
            candidates = [*plain, new, *secure]
        return [one for one in candidates[: len(others) + 1 - KEPT] if self.remove(one)]
