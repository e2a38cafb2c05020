"""The cookie lab of a lesson: the same walk in the installed browsers, or in your own tab.

    lab = CookieLab()
    lab.run()                           # every relation, in each installed browser
    lab.run(relations=["cross-site"])   # which cookie is sent, request by request
    lab.link()                          # for your own tab; lab.watch() shows what arrives

Attacks on a real server are in classroom.attack_lab.
"""

import sys
from collections.abc import Mapping, Sequence

from IPython.display import display

from classroom.cookie_lab.headless import CONFIGS, walk_in_all
from classroom.cookie_lab.matrix import Matrix
from classroom.cookie_lab.own_tab import OwnTabWalk, follow
from classroom.cookie_lab.request_kinds import RELATIONS
from classroom.cookie_lab.walk import COOKIES, walk
from classroom.cookie_lab.walk_servers import WalkServers
from classroom.display.link import Link, elsewhere

_SLOT = "_classroom_lab"  # on sys, as in classroom/server/server.py


class CookieLab:
    """Pages of four hosts on this machine, and the cookies that browsers send to them."""

    def __init__(self) -> None:
        """Serve at two free ports of 127.0.0.1, or use those of an earlier lab.

        RuntimeError if that fails.
        """
        before = getattr(sys, _SLOT, None)
        self._servers = before if before and before.respond() else WalkServers()
        setattr(sys, _SLOT, self._servers)

    def run(
        self,
        cookies: Mapping[str, str] = COOKIES,
        relations: Sequence[str] = RELATIONS,
        browsers: Sequence[str] = tuple(CONFIGS),
        late: bool = False,
    ) -> Matrix:
        """Walk in an installed browser of each engine, or show the recorded results.

        `cookies` gives a word for each cookie and its attributes. `relations` are the places that
        ask, `browsers` are "Chromium" and "Firefox". It takes about 7 s. `late` adds a form that is
        sent after more than two minutes, and takes as long. Two relations need TLS and are walked
        only when they are named: request_kinds.SCHEME and TO_TLS. ValueError for unknown names.
        """
        unknown = [one for one in browsers if one not in CONFIGS]
        if unknown or not browsers:
            raise ValueError(f"The browsers are {' and '.join(CONFIGS)}.")
        wanted = walk(cookies, tuple(relations), late)
        return Matrix(walk_in_all(self._servers, list(browsers), wanted), cookies)

    def link(self, cookies: Mapping[str, str] = COOKIES) -> Link:
        """Return the link that starts a walk in a tab of your own, with these cookies."""
        self._servers.tab_walk = walk(cookies)
        return Link(self._servers.tab_url, note=elsewhere())

    def watch(self) -> None:
        """Display the requests of your own tab, as they arrive."""
        shown = display(OwnTabWalk(self._servers.latest_tab), display_id=True)
        if shown is not None:  # None outside of a notebook
            follow(self._servers, shown.update)

    def close(self) -> None:
        """End the servers and free their ports. Safe to call twice."""
        self._servers.close()
