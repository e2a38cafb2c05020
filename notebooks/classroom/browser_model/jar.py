"""The cookie jar: which cookie replaces which, in what order they are sent, which is thrown out.

Left out: a limit for all hosts together, and expiry of the jar when the browser is closed.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import count

from classroom.browser_model.cookie import Cookie, Key
from classroom.browser_model.profiles import Profile

PER_HOST = 180


class Jar:
    """The cookies of one browser."""

    def __init__(self) -> None:
        """Start empty."""
        # In the order of last use, the longest unused first: that one is evicted first.
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

    def put(self, cookie: Cookie, profile: Profile) -> None:
        """Store a cookie in the place of one with the same key."""
        old = self._cookies.pop(cookie.key, None)
        # Firefox keeps age and place as the standard asks; Chromium only if the value is the same.
        if old and (profile.update_keeps_age or old.value == cookie.value):
            cookie = replace(cookie, created=old.created, number=old.number)
        else:
            cookie = replace(cookie, number=next(self._numbers))
        self._cookies[cookie.key] = cookie

    def remove(self, cookie: Cookie) -> bool:
        """Remove a cookie, and say whether it was there."""
        return self._cookies.pop(cookie.key, None) is not None

    def use(self, cookie: Cookie) -> None:
        """Note that a cookie was sent just now."""
        self._cookies[cookie.key] = self._cookies.pop(cookie.key)

    def evict(self, domain: str) -> list[Cookie]:
        """Throw out what a host has beyond 180 cookies: those without Secure first (§5.7)."""
        own = [one for one in self._cookies.values() if one.domain == domain]
        own.sort(key=lambda one: one.secure)  # keeps the order of last use within each kind
        excess = own[: max(0, len(own) - PER_HOST)]
        return [one for one in excess if self.remove(one)]

    def purge(self, now: float) -> list[Cookie]:
        """Remove and return the cookies whose time is over."""
        return [one for one in list(self) if one.expired(now) and self.remove(one)]
