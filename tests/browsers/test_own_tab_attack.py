"""The attack of lesson 09 in one's own tab: it gets through, then the same click is stopped.

The steps are those that `attacks.link` shows, in a real browser. Left out: other attacks
(test_attacks.py).
"""

import pytest

from classroom.attack_lab import AttackLab
from classroom.attack_lab.attack_session import ADA, FILL
from classroom.attack_lab.observers import MALLORYS
from classroom.server.server import Server
from classroom.weak_routes.playlists import unguarded
from tests.support.lesson_server import silent_server as silent_server
from tests.support.real_browsers import each_engine, opened

LISTED = "!home.hidden && found.textContent && playlists.children.length == {}".format


@pytest.mark.parametrize("engine", each_engine("an attack in a tab"))
def test_the_first_click_gets_through_and_the_second_is_stopped(
    engine: str, server: Server
) -> None:
    server.plug("playlists", unguarded)
    attacks = AttackLab(server)
    steps = attacks.link("csrf-sibling")
    with opened(engine) as tab:
        tab.visit(steps.home, "!door.hidden")
        tab.evaluate(FILL.format(form="signup", values=ADA))
        tab.wait(LISTED(0))
        tab.visit(steps.page, "location.pathname == '/api/playlists'")
        tab.visit(steps.home, LISTED(1))
        assert MALLORYS in str(tab.evaluate("playlists.textContent"))
        server.unplug("playlists")
        tab.visit(steps.page, "location.pathname == '/api/playlists'")
        assert "cross_site_request" in str(tab.evaluate("document.body.textContent"))
        tab.visit(steps.home, LISTED(1))
    attacks.close()
    assert len(server.rows("playlists")) == 1


def test_a_route_is_unplugged_and_accounts_stay(server: Server) -> None:
    server.plug("playlists", unguarded)
    server.unplug("playlists")
    server.unplug("playlists")
    assert "playlists" not in server.running.plugged
    with pytest.raises(ValueError, match="no endpoint 'nope'"):
        server.unplug("nope")
