"""What the lab notes of a request, and above all what not; its pages, spoken to without a browser.

What browsers do with the pages is tested in test_browser_truth.py and test_lab_run.py.
"""

import http.client
import json
import re
import time

import pytest

from classroom.cookie_lab.recorder import Run
from classroom.cookie_lab.request_kinds import CROSS, HOSTS, PLAIN, RELATIONS, SAME
from classroom.cookie_lab.walk import COOKIES, cookie_name, walk
from classroom.cookie_lab.walk_servers import WalkServers
from tests.support.lab_fixtures import servers as servers

JUPYTER = "username-localhost-8888=2|1:0|secret; _xsrf=2|secret"


def ask(
    servers: WalkServers,
    path: str,
    method: str = "GET",
    port: int = 0,
    body: str = "",
    **headers: str,
) -> tuple[int, dict[str, str], str]:
    """Return status, headers and body of an answer; a header `sec_fetch` is Sec-Fetch."""
    told = {"Host": f"{HOSTS[SAME][0]}:{servers.pages.ports[port]}"}
    told |= {name.replace("_", "-"): value for name, value in headers.items()}
    wire = http.client.HTTPConnection("127.0.0.1", servers.pages.ports[port], timeout=60)
    wire.request(method, path, body, told)
    answer = wire.getresponse()
    text = answer.read().decode()
    wire.close()
    return answer.status, dict(answer.getheaders()), text


@pytest.fixture
def run(servers: WalkServers) -> Run:
    return servers.begin(walk())


def test_the_first_page_sets_the_cookies_of_this_run_and_no_other(
    servers: WalkServers, run: Run
) -> None:
    status, headers, _ = ask(servers, f"/walk/{run.name}/0")
    assert (status, headers["cache-control"]) == (200, "no-store")
    assert run.set_cookies(0) == [
        f"{cookie_name(word)}={run.name}; {attributes}" for word, attributes in COOKIES.items()
    ]
    assert headers["set-cookie"] in run.set_cookies(0)
    assert all(line.startswith("LAB-") for line in run.set_cookies(0))


def test_only_the_cookies_of_the_walk_are_noted(servers: WalkServers, run: Run) -> None:
    ours, stale = f"LAB-Lax={run.name}", "LAB-Strict=an-older-run"
    cookie = f"{JUPYTER}; {stale}; {ours}; __Host-TRAX_ACCESS_TOKEN=token"
    status, headers, text = ask(servers, f"/walk/{run.name}/0/ask/own-fetch", Cookie=cookie)
    assert status == 204
    (arrival,) = run.snapshot().values()
    assert arrival.cookies == {"Lax"}
    for place in (repr(arrival), repr(vars(run)), str(headers), text):
        assert not re.search("secret|token|_xsrf|username", place)


def test_a_script_reports_its_cookies_and_only_ours_are_noted(
    servers: WalkServers, run: Run
) -> None:
    body = f"{JUPYTER}; LAB-absent={run.name}"
    ask(servers, f"/walk/{run.name}/0/ask/own-script", "POST", body=body, Cookie="LAB-Lax=1")
    (arrival,) = run.snapshot().values()
    assert arrival.cookies == {"absent"}
    assert "secret" not in repr(vars(run))


def test_origin_site_and_type_are_noted_and_a_second_arrival_is_not(
    servers: WalkServers, run: Run
) -> None:
    number = next(n for n, page in enumerate(run.walk.pages) if "beacon" in page.asks)
    path = f"/walk/{run.name}/{number}/ask/beacon"
    told = {"Origin": "http://evil.localhost", "Sec_Fetch_Site": "cross-site"}
    ask(servers, path, "POST", Content_Type="text/plain", **told)
    ask(servers, path, "GET")
    (arrival,) = run.snapshot().values()
    assert (arrival.method, arrival.origin, arrival.site, arrival.content_type) == (
        "POST",
        "http://evil.localhost",
        "cross-site",
        "text/plain",
    )


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "localhost:8000"},
        {"Host": "evil.test"},
        {"X_Forwarded_For": "192.0.2.1"},
        {"Forwarded": "for=192.0.2.1"},
    ],
)
@pytest.mark.parametrize(
    "path", ["/walk", "/walk/{run}/0", "/walk/{run}/0/ask/own-fetch", "/lab/walk.js"]
)
def test_localhost_other_hosts_and_proxies_are_refused(
    servers: WalkServers, run: Run, path: str, headers: dict[str, str]
) -> None:
    latest = servers.latest_tab
    status, answered, _ = ask(servers, path.format(run=run.name), Cookie=JUPYTER, **headers)
    assert status == 421 and "set-cookie" not in answered
    assert run.snapshot() == {} and servers.latest_tab is latest


def test_both_ports_are_bound_to_this_machine_alone(servers: WalkServers) -> None:
    for server in servers._servers:
        assert server._listeners[0].getsockname()[0] == "127.0.0.1"


@pytest.mark.parametrize(
    "path",
    ["/walk/nobody/0", "/walk/{run}/999", "/walk/{run}/0/ask/link", "/walk/{run}/999/bounce", "/"],
)
def test_what_belongs_to_no_walk_is_not_there(servers: WalkServers, run: Run, path: str) -> None:
    assert ask(servers, path.format(run=run.name))[0] == 404
    assert run.snapshot() == {}


@pytest.mark.parametrize(("method", "status"), [("GET", 302), ("POST", 307)])
def test_a_bounce_sends_a_get_and_a_post_on(
    servers: WalkServers, run: Run, method: str, status: int
) -> None:
    answered, headers, _ = ask(servers, f"/walk/{run.name}/1/bounce", method, port=1)
    assert (answered, headers["location"]) == (
        status,
        servers.pages.url(SAME, f"/walk/{run.name}/1"),
    )


def test_a_tab_that_comes_by_itself_begins_a_run(servers: WalkServers) -> None:
    status, headers, _ = ask(servers, "/walk")
    assert status == 303
    assert headers["location"] == servers.pages.first(servers.latest_tab)
    assert servers.latest_tab.pages_visited == 0


def test_a_page_waits_until_all_has_arrived(servers: WalkServers, run: Run) -> None:
    ask(servers, f"/walk/{run.name}/0/ask/own-fetch")
    ask(servers, f"/walk/{run.name}/0/ask/own-script", "POST")
    before = time.monotonic()
    assert ask(servers, f"/walk/{run.name}/0/arrived")[0] == 204
    assert time.monotonic() - before < 5


def test_a_reload_counts_as_the_next_page(run: Run) -> None:
    number = next(n for n, page in enumerate(run.walk.pages) if page.leaves == "reload")
    assert [run.enter(number), run.enter(number)] == [number, number + 1]
    assert [run.enter(0), run.enter(0)] == [0, 0]


def test_every_page_leads_to_the_next_and_the_last_one_ends_it(
    servers: WalkServers, run: Run
) -> None:
    path, seen = f"/walk/{run.name}/0", []
    while not path.endswith("/end"):
        text = ask(servers, path)[2]
        tasks = json.loads(re.search('data-tasks="([^"]*)"', text)[1].replace("&quot;", '"'))
        seen.append(tasks["page"])
        path = "/" + tasks["to"].split("/", 3)[3].removesuffix("/bounce")
        path = path if tasks["leaves"] != "reload" else f"/walk/{run.name}/{tasks['page']}"
    assert seen == list(range(1, len(run.walk.pages) + 1))
    assert not run.finished.is_set()
    assert ask(servers, path)[0] == 200 and run.finished.is_set()


def test_the_last_pages_remove_what_the_first_ones_set() -> None:
    ends = [run_page for run_page in walk().pages if run_page.removes]
    assert [page.at for page in ends] == [SAME, PLAIN]
    run = Run("r", walk())
    assert all(line.endswith("; Max-Age=0") for line in run.set_cookies(len(run.walk.pages) - 1))


def test_a_walk_says_what_is_wrong_with_it() -> None:
    with pytest.raises(ValueError, match="no relation 'nowhere'; there are same origin, other"):
        walk(relations=("nowhere",))
    with pytest.raises(ValueError, match="the same name"):
        walk({"a b": "", "a-b": ""})
    assert {page.at for page in walk(relations=(CROSS,)).pages} == {SAME, CROSS}
    assert {page.relation for page in walk().pages} == set(RELATIONS)
