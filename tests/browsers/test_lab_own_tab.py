"""The walk in a tab that comes by itself, and the table that fills meanwhile."""

import time
from queue import Queue

import pytest

from classroom.cookie_lab import CookieLab
from classroom.cookie_lab.headless import ENDED
from classroom.cookie_lab.own_tab import OwnTabWalk, browser_name, follow
from classroom.cookie_lab.recorder import Run
from classroom.cookie_lab.walk import COOKIES, walk
from classroom.cookie_lab.walk_servers import WalkServers
from classroom.display.link import Link
from tests.support.lab_fixtures import servers as servers
from tests.support.real_browsers import each_engine, opened
from tests.support.started import wait_until

SAFARI = (
    "Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Safari/605.1.15"
)


@pytest.mark.slow
@pytest.mark.parametrize("engine", each_engine("a tab that walks"))
def test_a_tab_walks_and_its_table_fills(servers: WalkServers, engine: str) -> None:
    shown: Queue[str] = Queue()
    servers.latest_tab = None
    follow(servers, lambda tab: shown.put(tab.as_text()))
    with opened(engine) as tab:
        tab.visit(servers.tab_url, ENDED, 120)
        wait_until(lambda: not tab.cookies())  # the last page removes what the first one set
    texts = [shown.get(timeout=60)]
    end = time.monotonic() + 60
    while "so far" in texts[-1] and time.monotonic() < end:
        texts.append(shown.get(timeout=60))
    assert len(texts) > 1 and texts[0].splitlines()[-1].startswith("so far: page ")
    assert texts[-1].endswith("All 475 cells are as predicted, and as recorded where they were.")
    name = "Firefox" if engine == "firefox" else "Chrome"
    assert f"in ‹{name}›" in texts[-1]


def test_what_third_party_cookies_do_tells_how_a_browser_is_set(servers: WalkServers) -> None:
    run = servers.begin(walk())
    run.enter(0, "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0")
    assert "third-party cookies in separate jars" in OwnTabWalk(run).as_html()


def test_a_browser_that_was_never_measured_is_shown_without_a_judgement() -> None:
    run = Run("r", walk())
    run.enter(0, SAFARI)
    assert (
        "‹Safari›" in OwnTabWalk(run).as_text()
        and "so far: page 1 of 48" in OwnTabWalk(run).as_text()
    )
    assert "seen in your own Safari 26" in OwnTabWalk(run).as_html()


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("… Chrome/156.0.0.0 Safari/537.36", "Chrome 156"),
        ("… Chrome/156.0.0.0 Safari/537.36 Edg/156.0.0.0", "Edge 156"),
        ("… Gecko/20100101 Firefox/153.0", "Firefox 153"),
        (SAFARI, "Safari 26"),
        ("curl/8.5", "a browser"),
        ("", "a browser"),
    ],
)
def test_a_browser_names_itself(agent: str, name: str) -> None:
    assert browser_name(agent) == name


def test_nothing_is_shown_without_a_tab_and_the_watch_ends_with_the_servers() -> None:
    servers, shown = WalkServers(), Queue()
    watch = follow(servers, shown.put)
    servers.close()
    servers.close()
    watch.join(60)
    assert not watch.is_alive() and shown.empty()


def test_the_link_is_one_to_click_and_one_to_copy() -> None:
    lab = CookieLab()
    link = lab.link()
    assert link.as_text() == "Open http://trax.localhost:‹port›/walk" or "‹port-" in link.as_text()
    assert f'href="{link.url}" target="_blank"' in link.as_html()
    lab.close()
    assert 'href="&#34;&lt;' in Link('"<').as_html()


def test_a_tabs_own_cookies_are_those_of_the_link() -> None:
    lab = CookieLab()
    lab.link({"one": "Path=/"})
    assert lab._servers.tab_walk.cookies == {"one": "Path=/"} != COOKIES
    lab.close()


def test_a_second_lab_is_at_the_same_ports_until_it_is_closed() -> None:
    first = CookieLab()
    url = first.link().url
    assert CookieLab().link().url == url
    first.close()
    second = CookieLab()
    assert second.link().url != url
    second.close()
