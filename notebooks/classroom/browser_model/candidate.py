"""A stored cookie that might go along with a request, with all that the rules of sending look at.

Left out: the rules themselves (`send.py`), and the words for them (`same_site.py`).
"""

from dataclasses import dataclass

from classroom.browser_model.asked import Asked
from classroom.browser_model.cookie import Cookie
from classroom.browser_model.profiles import Profile


@dataclass(frozen=True)
class Candidate:
    """A cookie, the request, and the browser whose rules apply."""

    cookie: Cookie
    asked: Asked
    profile: Profile
    now: float

    @property
    def cross_site(self) -> bool:
        """Does a site other than the cookie's own take part in the request?"""
        return self.asked.cross_site(self.profile)
