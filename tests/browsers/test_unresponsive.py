"""A browser, a script or a server that does not respond in time: the labs say that nothing arrived.

No attack counts as failed then, and no cookie as not sent. Each test makes something hang, and
shortens the waiting limits. By day some hang in Chromium; in the slow tier they take turns, in
both engines.
"""

import asyncio
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from starlette.requests import Request
from starlette.responses import Response

from classroom.attack_lab import SCENARIOS, AttackLab, attack_session, attacker, run_attack
from classroom.attack_lab.attack_outcome import NAMES, Outcome
from classroom.attack_lab.attack_session import AttackSession
from classroom.attack_lab.attacker import Attacker
from classroom.cookie_lab import CookieLab, headless, recorder, walk_app
from classroom.cookie_lab.recorder import Run
from classroom.cookie_lab.request_kinds import CROSS, RELATIONS
from classroom.cookie_lab.results import verdict
from classroom.real_browsers import launch
from classroom.server.server import Server
from classroom.weak_routes.pages import XSS
from minisrv.errors import Overloaded
from tests.support.lab_fixtures import lab as lab
from tests.support.lesson_server import server as server
from tests.support.processes import command_of
from tests.support.real_browsers import TODAY, each_engine, found
from tests.support.tiers import each_day, slow, turns

LAX = {"mine": "Path=/; SameSite=Lax"}
Silence = tuple[dict[str, object], str]  # changes of the server, and why nothing arrives


async def broken(request: Request) -> Response:
    """A route that a student has not finished."""
    raise NotImplementedError


def suspend_browser() -> None:
    """Suspend the browser that this process has started; it responds to nothing any more."""
    for one in psutil.Process().children(recursive=True):
        if "course-browser-" in command_of(one) and one.ppid() == os.getpid():
            one.suspend()


@pytest.fixture(autouse=True)
def quick_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """A suspended browser cannot be closed: do not wait long before it is killed."""
    monkeypatch.setattr(launch, "STOP_SECONDS", 1.0)


@pytest.fixture
def attack(server: Server, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Outcome]:
    """Run one attack in one engine; the other engine's row is a recorded one."""

    def run(engine: str, name: str, **changes: object) -> Outcome:
        browser = found(engine)
        monkeypatch.setattr(run_attack, "first_of", lambda one: browser if one == engine else None)
        lab = AttackLab(server)
        try:
            return lab.run(name, **changes)
        finally:
            lab.close()

    return run


def hold_nothing_arrived(outcome: Outcome, engine: str, why: str) -> None:
    """Assert that the outcome makes no statement about the attack in this engine."""
    name, row = NAMES[engine], outcome.rows[engine]
    assert row.works is None and row.here and why in row.how, row
    assert f"Nothing arrived from {name} in time. Run the cell again." in outcome.as_text()
    known = outcome.verdict.partition("Nothing arrived")[0]
    assert name not in known and name not in outcome.works_in
    (line,) = [line for line in outcome.as_text().splitlines() if line.startswith(f"{name}  ")]
    assert line.split()[1:3] == ["nothing", "arrived"] and set(line.split()[3:]) <= {"?"}
    assert "nothing arrived" in outcome.as_html() and why in outcome.as_html()


def impatient(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the observer of an attack wait for a second only."""
    observe = SCENARIOS[name].observe

    def observe_soon(session: AttackSession) -> dict[str, str]:
        monkeypatch.setattr(attack_session, "SECONDS", 1.0)
        return observe(session)

    monkeypatch.setitem(SCENARIOS, name, replace(SCENARIOS[name], observe=observe_soon))


def browser_hangs(name: str, monkeypatch: pytest.MonkeyPatch, pages: Path) -> Silence:
    """The browser does not respond any more once Ada has signed up."""
    sign_up = AttackSession.ada_signs_up

    def and_hang(self: AttackSession) -> None:
        sign_up(self)
        suspend_browser()

    monkeypatch.setattr(AttackSession, "ada_signs_up", and_hang)
    monkeypatch.setattr(run_attack, "SECONDS", 1.0)
    return {}, "did not answer"


def script_is_on_its_way(name: str, monkeypatch: pytest.MonkeyPatch, pages: Path) -> Silence:
    """The injected script does not arrive, which is not the same as one that did not run."""
    page = Attacker._page

    async def slow(self: Attacker, request: Request) -> Response:
        if request.path_params["name"].endswith(".js"):
            await asyncio.sleep(999)
        return await page(self, request)

    monkeypatch.setattr(Attacker, "_page", slow)
    impatient(name, monkeypatch)
    return XSS, "in vain"


def page_sends_nothing(name: str, monkeypatch: pytest.MonkeyPatch, pages: Path) -> Silence:
    """A request that does not arrive was not stopped."""
    (pages / "csrf-fetch.html").write_text("<title>You have won</title>", encoding="utf-8")
    monkeypatch.setattr(attacker, "PAGES", pages)
    impatient(name, monkeypatch)
    return {}, "POST /api/playlists did not arrive within 1 s"


def page_reports_nothing(name: str, monkeypatch: pytest.MonkeyPatch, pages: Path) -> Silence:
    """A page that reports nothing was not kept from reading."""
    (pages / "cors.html").write_text("<title>The blog of TRAX</title>", encoding="utf-8")
    monkeypatch.setattr(attacker, "PAGES", pages)
    impatient(name, monkeypatch)
    return {}, "what the page read did not arrive"


SILENCES = [
    (browser_hangs, "csrf-form"),
    (script_is_on_its_way, "xss-steal"),
    (page_sends_nothing, "csrf-fetch"),
    (page_reports_nothing, "cors"),
    (browser_hangs, "cookie-tossing"),
    (script_is_on_its_way, "xss-ride"),
    (browser_hangs, "xss-ride"),
]


@pytest.mark.parametrize(
    ("silence", "name", "engine"),
    [
        *each_day(1, [(*one, "chromium") for one in SILENCES]),
        *[slow(*one, "firefox") for one in turns(SILENCES)],
    ],
    ids=lambda one: getattr(one, "__name__", one),
)
def test_what_is_silent_stops_no_attack(
    attack: Callable[..., Outcome],
    silence: Callable[..., Silence],
    name: str,
    engine: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    changes, why = silence(name, monkeypatch, tmp_path)
    hold_nothing_arrived(attack(engine, name, **changes), engine, why)


@pytest.mark.parametrize("engine", each_engine("a route that fails"))
def test_a_route_that_fails_before_the_attack_ends_the_wait_at_once(
    attack: Callable[..., Outcome], engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attack_session, "SECONDS", 10**6)  # nobody waits that long
    outcome = attack(engine, "csrf-form", playlists=broken)
    assert outcome.rows[engine].works is None and NAMES[engine] not in outcome.works_in
    assert "Before the attack, TRAX's own page reports: " in outcome.verdict
    assert outcome.verdict.endswith("Mend that route, then run the cell again.")


async def busy(request: Request) -> Response:
    raise Overloaded


def test_a_busy_server_has_stopped_no_attack(attack: Callable[..., Outcome]) -> None:
    outcome = attack("chromium", "login-csrf", signin=busy)
    hold_nothing_arrived(outcome, "chromium", "TRAX was too busy (503)")


def test_several_servers_side_by_side_say_so_too(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = found("chromium")
    monkeypatch.setattr(run_attack, "first_of", lambda one: browser if one == "chromium" else None)
    lab = AttackLab(server)
    table = lab.against("login-csrf", {"busy": {"signin": busy}, "ours": {}})
    lab.close()
    silent = "nothing arrived: run the cell again"
    assert [row["Chromium"] for row in table] == [silent, silent]
    assert table[1]["Firefox"] == "is stopped"  # as it was recorded


@pytest.mark.parametrize(
    ("page", "engine"),
    [
        slow(8, "chromium"),
        slow(0, "chromium"),
        *[slow(page, "firefox") for page in turns([0, 8])],
    ],
)
def test_a_walk_that_hangs_says_nothing_of_the_cookies_after_that(
    lab: CookieLab, engine: str, page: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, enter = NAMES[found(engine).engine], Run.enter

    def and_hang(self: Run, number: int, agent: str = "") -> int:
        if number == page:
            suspend_browser()
        return enter(self, number, agent)

    monkeypatch.setattr(Run, "enter", and_hang)
    monkeypatch.setattr(headless, "IDLE_SECONDS", 3.0)
    matrix = lab.run(LAX, RELATIONS, [name])
    (result,) = matrix.results
    assert result.is_seen and 0 < result.missing <= len(result.cells)
    known = {key: cell for key, cell in result.cells.items() if cell is not None}
    assert known == {key: result.predicted[key] for key in known} and matrix.differences == []
    assert matrix.cell(CROSS, "form POST", "mine") == "?"
    assert matrix.headers(CROSS, "form-post")[0]["method"] == "nothing arrived"
    last = matrix.as_text().splitlines()[-1]
    cells = f"for {result.missing} of {len(result.cells)} cells, marked ?"
    assert last == f"Nothing arrived from {name} {cells}. Run the cell again."
    assert "sent nothing for 3 s" in result.source or "did not answer" in result.source


def lose_beacons(monkeypatch: pytest.MonkeyPatch) -> str:
    """Record no beacon, as if none had arrived; return the row of the table."""
    record = Run.record

    def record_others(self: Run, request: Request, relation: str, kind: str, *body: object) -> None:
        if kind != "beacon":
            record(self, request, relation, kind, *body)

    monkeypatch.setattr(Run, "record", record_others)
    monkeypatch.setattr(walk_app, "ARRIVAL_SECONDS", 5.0)
    return "sendBeacon"


def send_the_form_late(monkeypatch: pytest.MonkeyPatch) -> str:
    """Take the form for one of older cookies, of which Chromium sends fewer; return the row."""
    monkeypatch.setattr(recorder, "FRESH", 0.0)
    return "form POST"


@pytest.mark.parametrize(
    ("lose", "engine"),
    [
        *each_day(1, [(lose_beacons, "chromium"), (send_the_form_late, "chromium")]),
        *([slow(lose_beacons, "firefox")] if "a lost request" in TODAY else []),
    ],
    ids=lambda one: getattr(one, "__name__", one),
)
def test_a_request_that_does_not_arrive_is_no_cookie_that_was_not_sent(
    lab: CookieLab,
    lose: Callable[[pytest.MonkeyPatch], str],
    engine: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    name, row = NAMES[found(engine).engine], lose(monkeypatch)
    matrix = lab.run(LAX, [CROSS], [name])
    assert matrix.cell(CROSS, row, "mine") == "?"
    assert f"Nothing arrived from {name} for 1 of " in matrix.as_text()
    assert verdict(matrix.results, "Open the link again.")[0].endswith("Open the link again.")
