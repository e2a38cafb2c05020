"""The third port of the lab, over TLS: opened when needed, trusted only by our browsers.

The whole table of 19 cookies is tested in test_browser_truth.py.
"""

import pytest

from classroom.cookie_lab import CookieLab
from classroom.cookie_lab.request_kinds import RELATIONS, SAME, SCHEME, TO_TLS
from classroom.cookie_lab.walk import walk
from classroom.cookie_lab.walk_servers import WalkServers
from classroom.real_browsers import BrowserFailed, open_browser
from tests.support.lab_fixtures import lab as lab
from tests.support.lab_fixtures import servers as servers
from tests.support.real_browsers import ENGINES, each_engine, found

OVER_TLS = (SCHEME, TO_TLS)


def test_nothing_is_over_tls_unless_it_is_asked_for(servers: WalkServers) -> None:
    assert not set(OVER_TLS) & {*RELATIONS, *(page.relation for page in walk().pages)}
    assert len(servers.pages.ports) == len(servers._servers) == 2


def test_the_port_over_tls_is_opened_once_and_for_this_machine_alone() -> None:
    servers = WalkServers()
    assert servers.over_tls() == servers.over_tls() != ""
    assert len(servers.pages.ports) == len(servers._servers) == 3
    assert servers._servers[-1]._listeners[0].getsockname()[0] == "127.0.0.1"
    assert servers.pages.url(SCHEME, "/").startswith("https://trax.localhost:")
    servers.close()
    assert not servers.respond()


@pytest.mark.parametrize("engine", each_engine("a certificate"))
def test_a_browser_that_was_told_nothing_refuses_the_certificate(engine: str) -> None:
    browser, servers = found(engine), WalkServers()
    servers.over_tls()
    with open_browser(browser) as tab, pytest.raises(BrowserFailed, match="could not open"):
        tab.visit(servers.pages.url(SCHEME, "/walk"))
    servers.close()


def test_chromium_trusts_no_other_key() -> None:
    browser, one, other = found("chromium"), WalkServers(), WalkServers()
    other.over_tls()
    with (
        open_browser(browser, trusted=one.over_tls()) as tab,
        pytest.raises(BrowserFailed, match="CERT"),
    ):
        tab.visit(other.pages.url(SCHEME, "/walk"))
    one.close()
    other.close()


@pytest.mark.weekly
def test_both_directions_are_as_predicted_and_recorded(lab: CookieLab) -> None:
    for engine in ENGINES:
        found(engine)
    matrix = lab.run(relations=OVER_TLS)
    assert all(one.requests for one in matrix.results)
    assert matrix.relations == (SAME, *OVER_TLS) and matrix.differences == []
    assert {matrix.cell(one, "fetch, include", "Strict") for one in OVER_TLS} == {"Firefox"}
    print(f"{matrix.cells} cells seen")
