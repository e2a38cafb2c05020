"""The attack lab: what is shown, with browsers and without; and the lesson is untouched."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

import psutil
import pytest
import requests
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from classroom.attack_lab import SCENARIOS, AttackLab, side_by_side
from classroom.attack_lab.attack_outcome import NAMES
from classroom.attack_lab.recordings import FILE, UNCHANGED, recorded, setup_key
from classroom.attack_lab.tab_pictures import line
from classroom.server.server import Server
from classroom.weak_routes.playlists import by_get, unguarded
from classroom.weak_routes.signin import any_type
from minisrv import CookieSettings
from minisrv.settings import Settings
from tests.support.attack_cases import CASES, MENDED, cases
from tests.support.kernels import answers
from tests.support.lesson_server import silent_server as silent_server
from tests.support.processes import command_of
from tests.support.real_browsers import ENGINES, found

ADA = {"email": "ada@trax.test", "password": "midnight train to georgia"}


@pytest.fixture(scope="module")
def lab() -> Iterator[AttackLab]:
    """One lab for all tests, since its browsers take seconds to start; its server changes."""
    opened = AttackLab(Server.current)
    yield opened
    opened.close()


@pytest.fixture
def attacks(
    server: Server, lab: AttackLab, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> AttackLab:
    """Return the lab with the test's server; Firefox is opened by slow tests only."""
    lab.server = server
    if request.node.get_closest_marker("slow") is None:
        monkeypatch.setenv("LAB_BROWSER", "chromium")
    return lab


@pytest.fixture
def no_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAB_BROWSER", "none")


async def own(request: Request) -> Response:
    return JSONResponse([])


def test_every_case_was_recorded_in_both_engines(server: Server) -> None:
    attacks = AttackLab(server)
    for case in CASES:
        where = setup_key(*attacks.changed(case.changes))
        known = recorded(case.attack, where)
        assert set(known) == set(ENGINES), case.id
        for engine, row in known.items():
            works = SCENARIOS[case.attack].succeeded(row.seen)
            assert works == (engine in case.works_in), f"{case.id}, {engine}"
    runs = json.loads(FILE.read_text(encoding="utf-8"))["runs"]
    assert len(runs) == len({(run["attack"], run["server"]) for run in runs}) == len(CASES)


def test_every_attack_works_somewhere_and_fails_at_our_own_server() -> None:
    for attack in SCENARIOS:
        assert any(case.works_in for case in cases(attack)), attack
        (ours,) = [case for case in cases(attack) if not case.changes]
        assert not ours.works_in


@pytest.mark.weekly
def test_the_text_is_the_same_with_and_without_browsers(
    attacks: AttackLab, monkeypatch: pytest.MonkeyPatch
) -> None:
    for engine in ENGINES:
        found(engine)
    here = attacks.run("csrf-form", playlists=unguarded)
    monkeypatch.setenv("LAB_BROWSER", "none")
    there = attacks.run("csrf-form", playlists=unguarded)
    assert all(row.here for row in here.rows.values())
    assert not any(row.here for row in there.rows.values())
    assert here.as_text() == there.as_text()
    assert "Recorded earlier, not run here." in there.as_html()
    assert "recorded on 20" in there.as_html() and "ecorded" not in here.as_html()


def test_what_is_shown(server: Server, no_browser: None) -> None:
    outcome = AttackLab(server).run(
        "csrf-image", playlists=by_get, cookie=CookieSettings(same_site="none")
    )
    idea, names, _, chromium, firefox, verdict, how = outcome.as_text().splitlines()
    assert idea == "csrf-image: an image at evil.localhost whose address adds a playlist"
    assert names.split("  ")[0] == "browser"
    cells = "GET /api/playlists cross-site"
    assert " ".join(chromium.split()) == f"Chromium {cells} sent 201 Created one more"
    assert " ".join(firefox.split()) == f"Firefox {cells} – 401 Unauthorized unchanged"
    assert verdict == "The attack gets through in Chromium. The attack is stopped in Firefox."
    assert how == "seen with ‹browsers›" and outcome.works_in == ["Chromium"]


def test_the_servers_own_routes_and_settings_are_met(server: Server, no_browser: None) -> None:
    attacks = AttackLab(server)
    assert attacks.run("csrf-sibling").works_in == []
    server.plug("playlists", unguarded)
    assert attacks.run("csrf-sibling").works_in == list(NAMES.values())
    server.plug("playlists", MENDED["playlists"])
    assert attacks.run("csrf-sibling").works_in == []


def test_a_route_of_the_students_own_was_never_recorded(server: Server, no_browser: None) -> None:
    own.__module__ = "__main__"
    server.plug("playlists", own)
    outcome = AttackLab(server).run("csrf-form")
    assert outcome.as_text().splitlines()[1].startswith("No browser was found here")
    assert "with the `link` method" in outcome.as_html()


def test_a_browser_that_fails_is_replaced_by_what_was_recorded(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    from classroom.attack_lab import run_attack
    from classroom.real_browsers import Found

    broken = Found("Nautilus", "firefox", FILE, "1.0")  # a file that is no program
    monkeypatch.setattr(
        run_attack, "first_of", lambda engine: broken if engine == "firefox" else None
    )
    row = AttackLab(server).run("csrf-form").rows["firefox"]
    assert not row.here and "recorded on 20" in row.how and "Nautilus did not start" in row.how


def test_a_difference_from_the_recording_is_said(
    attacks: AttackLab, monkeypatch: pytest.MonkeyPatch
) -> None:
    found("chromium")

    def cured_otherwise(scene: object) -> dict[str, str]:
        return dict(recorded("csrf-form", UNCHANGED)["chromium"].seen) | {"response": "201 Created"}

    scenario = replace(SCENARIOS["csrf-form"], observe=cured_otherwise)
    monkeypatch.setitem(SCENARIOS, "csrf-form", scenario)
    text = attacks.run("csrf-form").as_text()
    assert "Chromium did something else when it was recorded: response was '403 Forbidden'." in text


def test_a_run_leaves_the_lesson_as_it_was(server: Server, attacks: AttackLab) -> None:
    found("chromium")
    requests.post(server.url + "/api/signup", json=ADA, timeout=60)
    before = list(server.rows("users")), len(server.exchanges)
    attacks.run("csrf-form", playlists=unguarded)
    assert (list(server.rows("users")), len(server.exchanges)) == before
    assert not server.running.plugged
    grace = {**ADA, "email": "grace@trax.test"}
    assert requests.post(server.url + "/api/signup", json=grace, timeout=60).json()["id"] == 2


def test_the_tabs_show_a_picture_and_the_browsers_own_list(
    attacks: AttackLab, monkeypatch: pytest.MonkeyPatch
) -> None:
    found("chromium")
    tabs = attacks.run("login-csrf", signin=any_type).tabs
    tab = tabs.pictures["Chromium"]
    assert tab.png.startswith(b"\x89PNG")
    listed = "__Host-TRAX_ACCESS_TOKEN · trax.localhost/ · Secure, HttpOnly, SameSite=Lax · for 8 h"
    assert [line(cookie) for cookie in tab.cookies] == [listed]
    html = tabs.as_html()
    assert 'alt="Ada\'s tab in Chromium"' in html and listed in html
    monkeypatch.setenv("LAB_BROWSER", "none")
    without = attacks.run("login-csrf", signin=any_type).tabs
    assert without.as_text() == tabs.as_text() and "<img" not in without.as_html()
    rule = r'(<figure class="real">[\s\S]*?</figure>)+'  # as in nbval_sanitize.cfg
    assert re.sub(rule, "", without.as_html()) == re.sub(rule, "", html)


def test_one_attack_against_several_servers(server: Server, no_browser: None) -> None:
    attacks = AttackLab(server)
    through, stopped = "gets through", "is stopped"
    expected = [
        {"the attack against": "unguarded", "Chromium": through, "Firefox": through},
        {"the attack against": "ours", "Chromium": stopped, "Firefox": stopped},
    ]
    servers = {"unguarded": {"playlists": unguarded}, "ours": {}}
    table = attacks.against("csrf-port", servers)
    assert table == expected
    assert table.as_text().endswith("\nseen with ‹browsers›")
    assert "Recorded earlier, not run here." in table.as_html()
    apart = {name: attacks.run("csrf-port", **changes) for name, changes in servers.items()}
    assert side_by_side(apart) == expected


@pytest.mark.weekly
def test_one_browser_meets_each_server_as_if_it_were_new(attacks: AttackLab) -> None:
    for engine in ENGINES:
        found(engine)
    plain = {"cookie": CookieSettings(name="TRAX_ACCESS_TOKEN")}
    first, second, third = attacks.outcomes("cookie-tossing", [plain, {}, plain])
    assert [one.rows["chromium"].works for one in (first, second, third)] == [True, False, True]
    assert all(row.here for one in (first, second, third) for row in one.rows.values())


def test_a_wrong_name_is_answered_with_those_there_are(server: Server) -> None:
    attacks = AttackLab(server)
    for call in (attacks.run, attacks.link):
        with pytest.raises(ValueError, match="'csrf'; there are csrf-form, csrf-sibling"):
            call("csrf")
    with pytest.raises(TypeError, match="palylists"):
        attacks.run("csrf-form", palylists=unguarded)
    for servers in ({"weak": unguarded}, unguarded):
        with pytest.raises(TypeError, match="^unguarded is no dict of changes: write each server"):
            attacks.against("csrf-form", servers)


def test_a_link_to_a_server_that_has_ended_is_not_given(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    attacks = AttackLab(server)
    monkeypatch.setattr(Server, "current", None)
    with pytest.raises(RuntimeError, match="This server has ended"):
        attacks.link("csrf-form")


def test_a_second_lab_ends_what_the_first_has_started(server: Server) -> None:
    port = urlsplit(AttackLab(server).link("csrf-form").page).port
    assert answers(port)
    AttackLab(server)
    assert not answers(port)


@pytest.mark.slow
def test_a_browser_that_has_ended_between_two_runs_is_opened_again(attacks: AttackLab) -> None:
    """An interrupt of the kernel ends the browsers as well: they are in its group."""
    found("chromium")
    attacks.run("csrf-form")
    for child in psutil.Process().children():
        if "course-browser-" in command_of(child):
            child.kill()
            child.wait(60)
    again = attacks.run("csrf-form").rows["chromium"]
    assert again.here and again.works is False, again.how


def test_the_setup_names_what_is_different() -> None:
    from starlette.routing import Route

    assert setup_key(MENDED, Settings(cookie=CookieSettings())) == UNCHANGED
    strange = Route("/api/me", lambda request: None)
    text = setup_key(
        {"me": strange, "playlists": by_get}, Settings(cookie=CookieSettings(same_site="strict"))
    )
    assert text.endswith("playlists: playlists.every_verb; cookie.same_site: strict")
    assert setup_key({"playlists": by_get}, Settings()) != setup_key(
        {"playlists": Route("/", unguarded)}, Settings()
    )


def test_links_lead_to_the_lessons_server_and_to_mallorys_page(server: Server) -> None:
    attacks = AttackLab(server)
    steps = attacks.link("csrf-form")
    assert steps.home == f"http://trax.localhost:{server.settings.port}/"
    assert steps.page.startswith("http://evil.localhost:") and steps.page.endswith(
        "/csrf-form.html"
    )
    first, second, third = steps.as_text().splitlines()
    assert first == "1. Sign up and make a playlist at http://trax.localhost:‹port›/"
    assert second.endswith("http://evil.localhost:‹port-2›/csrf-form.html")
    html = steps.as_html()
    assert html.count('target="_blank"') == 3 and "/proxy/" not in html
    port = steps.page.split(":")[2].split("/")[0]
    assert attacks.link("cors").page == f"http://blog.trax.localhost:{port}/cors.html"
    attacks.close()
    attacks.close()
    with pytest.raises(requests.ConnectionError):
        requests.get(f"http://127.0.0.1:{port}/csrf-form.html", timeout=60)
