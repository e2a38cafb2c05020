"""The walk in the browsers that are installed, and its table, which is the same without them.

The whole table of 19 cookies is tested in test_browser_truth.py. By day Chromium walks in one
relation, and in all of them in the lab's notebook. The slow tier has all relations: a day in
Chromium alone, a day in both browsers.
"""

import time

import pytest

from classroom.cookie_lab import CookieLab, Matrix, headless
from classroom.cookie_lab.own_tab import OwnTabWalk
from classroom.cookie_lab.request_kinds import CROSS, SAME
from classroom.real_browsers import BrowserFailed
from tests.support.lab_fixtures import lab as lab
from tests.support.real_browsers import found
from tests.support.tiers import slow, turns

LAX = {"mine": "Path=/; SameSite=Lax"}


@pytest.fixture(scope="module", params=[*map(slow, turns(["chromium", "both"]))])
def seen(lab: CookieLab, request: pytest.FixtureRequest) -> Matrix:
    """Return what the browsers did; without Firefox, its part is as it was recorded."""
    engines = [one.lower() for one in headless.CONFIGS] if request.param == "both" else ["chromium"]
    for engine in engines:
        found(engine)
    with pytest.MonkeyPatch.context() as patch:
        if request.param != "both":
            patch.setenv("LAB_BROWSER", request.param)
        return lab.run()


@pytest.fixture
def without(lab: CookieLab, monkeypatch: pytest.MonkeyPatch) -> Matrix:
    monkeypatch.setenv("LAB_BROWSER", "none")
    return lab.run()


def test_each_browser_was_really_there(seen: Matrix, request: pytest.FixtureRequest) -> None:
    there = [bool(one.requests) and one.source.startswith("seen here in") for one in seen.results]
    assert there == [True, request.node.callspec.params["seen"] == "both"]


def test_nothing_differs_from_what_was_predicted_and_recorded(seen: Matrix) -> None:
    assert seen.differences == []
    assert seen.as_text().endswith(
        "All 950 cells are as predicted, and as recorded where they were."
    )
    print(f"{seen.cells} cells seen")


def test_the_text_is_the_same_without_a_browser(seen: Matrix, without: Matrix) -> None:
    assert not any(one.requests for one in without.results)
    assert without.as_text() == seen.as_text()
    for relation in seen.relations:
        assert without.of(relation).as_text() == seen.of(relation).as_text()
        assert without.headers(relation).as_text() == seen.headers(relation).as_text()


def test_without_a_browser_the_day_and_the_browser_of_the_recording_are_told(
    without: Matrix,
) -> None:
    sources = [one.source for one in without.results]
    assert sources[0].startswith("recorded on 2026-11-23 in Chromium 156.0.8078.79 on Debian 12; ")
    assert sources[1].startswith("recorded on 2026-11-23 in Firefox 153.7.0esr on Debian 12; ")
    assert all(source in without.as_html() for source in sources)
    assert "2026" not in without.as_text()


def test_a_browser_that_fails_is_replaced_by_the_recording_with_its_reason(
    lab: CookieLab, monkeypatch: pytest.MonkeyPatch
) -> None:
    found("chromium")

    def fail(*_: object) -> None:
        raise BrowserFailed("Chromium did not start: no room.")

    monkeypatch.setattr(headless, "walk_in", fail)
    (one,) = lab.run(LAX, [CROSS], ["Chromium"]).results
    assert one.source.endswith("; Chromium did not start: no room.")
    assert one.requests == {} and None not in one.cells.values()


def test_one_relation_is_shown_cookie_by_cookie(without: Matrix) -> None:
    lines = without.of(CROSS).as_text().splitlines()
    assert lines[0] == "cross-site: which cookies are sent, in ‹Chromium› and ‹Firefox›"
    assert lines[1].split() == ["request", "absent", "Lax", "Strict", "None", "None;", "Secure"]
    form = next(line for line in lines if line.startswith("form POST  "))
    assert form.split()[2:] == ["both", "–", "–", "–", "both"]
    assert len(lines) <= 24 and len(without.as_text().splitlines()) <= 24


def test_what_a_browser_did_otherwise_is_told_first(lab: CookieLab, without: Matrix) -> None:
    (one,) = without.of(CROSS).results[:1]
    key = (CROSS, "form-post", "Strict")
    one.cells[key] = True
    wrong = Matrix([one], without.cookies)
    where = "Chromium · cross-site · form-post · Strict: "
    what = "seen sent, predicted not sent, recorded not sent"
    assert wrong.differences == [where + what]
    assert wrong.as_text().endswith(wrong.differences[0])
    one.cells[key] = None
    assert wrong.cell(CROSS, "form POST", "Strict") == "?"
    assert "Nothing arrived from Chromium for 1 of " in wrong.as_text()
    assert wrong.as_text().endswith("cells, marked ?. Run the cell again.")
    assert wrong.differences == []
    one.cells.update(dict.fromkeys(one.cells, True))
    assert "… and " in wrong.as_text().splitlines()[-1]


def test_what_is_not_there_is_an_error_with_what_there_is(lab: CookieLab, without: Matrix) -> None:
    with pytest.raises(ValueError, match="Nothing was walked for 'x', but for same origin, other"):
        without.of("x")
    with pytest.raises(ValueError, match="The browsers are Chromium and Firefox"):
        lab.run(browsers=["Safari"])


def test_a_line_of_ones_own_is_walked_and_predicted_where_it_was_never_recorded(
    lab: CookieLab, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LAB_BROWSER", "none")
    matrix = lab.run({"deep": "Path=/elsewhere", "unknown": "Path=/; SameSite=Foo"}, [SAME])
    assert matrix.differences == []
    (one, _) = matrix.results
    assert {cell for key, cell in one.recorded.items() if key[2] == "deep"} == {None}
    assert {cell for key, cell in one.recorded.items() if key[2] == "unknown"} >= {True}
    assert {cell for key, cell in one.cells.items() if key[2] == "deep"} == {False}


def test_a_walk_takes_seconds(lab: CookieLab) -> None:
    found("chromium")
    begun = time.monotonic()
    assert lab.run(LAX, [CROSS], ["Chromium"]).results[0].requests
    print(f"{time.monotonic() - begun:.1f} s in Chromium")


def test_before_a_tab_comes_the_watch_says_what_to_do() -> None:
    assert OwnTabWalk(None).as_text() == "Nothing has arrived yet: open the link."
    assert "open the link" in OwnTabWalk(None).as_html()
