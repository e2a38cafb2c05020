"""Long rows take turns: within seven days each value is run, and each mark is the right one."""

import pytest

from tests.support.tiers import DAYS, each_day, turns


@pytest.mark.parametrize("many", [0, 1, 2, 5, 7, 8, 30])
def test_within_seven_days_each_value_has_its_turn(
    many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COURSE_DAYS", raising=False)
    seen: list[int] = []
    for day in range(700, 700 + DAYS):
        monkeypatch.setenv("COURSE_DAY", str(day))
        seen += turns(range(many))
        assert len(turns(range(many))) <= -(-many // DAYS)
    assert set(seen) == set(range(many))


def test_seven_days_at_once_are_all_values(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSE_DAYS", "7")
    assert turns(range(30)) == list(range(30))


def test_by_day_some_are_run_and_of_the_others_those_whose_turn_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COURSE_DAY", "700")
    monkeypatch.delenv("COURSE_DAYS", raising=False)
    values = [(place, place) for place in range(30)]
    rows = each_day(2, values)
    by_day = [one for one in rows if not hasattr(one, "marks")]
    slow = [one for one in rows if hasattr(one, "marks")]
    assert len(by_day) == 2
    assert all([mark.name for mark in one.marks] == ["slow"] for one in slow)
    assert {*by_day, *(one.values for one in slow)} == {*by_day, *turns(values)}
