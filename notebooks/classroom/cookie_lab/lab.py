"""The lab of a lesson: the same walk in the browsers of this machine, or in a tab of one's own.

    lab = Lab()
    lab.run()                           # every relation, in each installed browser
    lab.run(relations=["cross-site"])   # which cookie comes along, request by request
    lab.link()                          # for your own tab; lab.watch() shows what arrives

Left out: attacks on a real server (classroom.attack_lab).
"""

import sys
from collections.abc import Mapping, Sequence

from IPython.display import display

from classroom.cookie_lab.headless import CONFIGS, walked_in_all
from classroom.cookie_lab.matrix import Matrix
from classroom.cookie_lab.relations import RELATIONS
from classroom.cookie_lab.servers import Servers
from classroom.cookie_lab.tab import Tab, follow
from classroom.cookie_lab.walk import COOKIES, walk
from classroom.display.link import Link

_SLOT = "_classroom_lab"  # on sys, as in classroom/server/server.py


class Lab:
    """Pages of four hosts on this machine, and what browsers send when they walk through them."""

    def __init__(self) -> None:
        """Serve at two free ports of 127.0.0.1, or where the lab before does already.

        RuntimeError if that fails.
        """
        before = getattr(sys, _SLOT, None)
        self._servers = before if before and before.answers() else Servers()
        setattr(sys, _SLOT, self._servers)

    def run(
        self,
        cookies: Mapping[str, str] = COOKIES,
        relations: Sequence[str] = RELATIONS,
        browsers: Sequence[str] = tuple(CONFIGS),
        late: bool = False,
    ) -> Matrix:
        """Walk in an installed browser of each engine, or show what was recorded of one.

        `cookies` gives a word for each cookie and its attributes, `relations` from where is asked,
        `browsers` are "Chromium" and "Firefox"; `late` adds a form after more than two minutes,
        and takes as long. Without that it takes 7 s. Two relations go over TLS, and are walked only
        when they are named: relations.SCHEME and TO_TLS. ValueError for unknown names.
        """
        unknown = [one for one in browsers if one not in CONFIGS]
        if unknown or not browsers:
            raise ValueError(f"The browsers are {' and '.join(CONFIGS)}.")
        wanted = walk(cookies, tuple(relations), late)
        return Matrix(walked_in_all(self._servers, list(browsers), wanted), cookies)

    def link(self, cookies: Mapping[str, str] = COOKIES) -> Link:
        """Return the link that lets a tab of your own browser walk, with these cookies."""
        self._servers.tab_walk = walk(cookies)
        return Link(self._servers.tab_url)

    def watch(self) -> None:
        """Display what arrives from your own tab, as it arrives."""
        shown = display(Tab(self._servers.latest_tab), display_id=True)
        if shown is not None:  # None outside of a notebook
            follow(self._servers, shown.update)

    def close(self) -> None:
        """End the pages and free the ports; again is harmless."""
        self._servers.close()
