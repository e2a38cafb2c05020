"""A weekly test is slow, has one day of seven, and runs whenever it is asked for by name."""

from types import SimpleNamespace

import pytest

from tests.plugins.weekly import pytest_collection_modifyitems


class Item:
    """As much of a test as the plugin looks at."""

    def __init__(self, nodeid: str, *marks: str) -> None:
        self.nodeid, self.marks = nodeid, {*marks}

    def get_closest_marker(self, name: str) -> bool:
        return name in self.marks

    def add_marker(self, mark: pytest.MarkDecorator) -> None:
        self.marks.add(mark.name)


def run_on(day: int, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> list[str]:
    """Return the ids of the tests that are left on a day; all weekly ones are slow."""
    monkeypatch.setenv("COURSE_DAY", str(day))
    items = [Item("plain"), *(Item(f"dear {number}", "weekly") for number in range(20))]
    hook = SimpleNamespace(pytest_deselected=lambda items: None)
    pytest_collection_modifyitems(SimpleNamespace(args=arguments, hook=hook), items)
    assert all("slow" in item.marks for item in items[1:])
    return [item.nodeid for item in items]


def test_in_seven_days_each_weekly_test_is_run_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COURSE_DAYS", raising=False)
    days = [run_on(700 + day, monkeypatch) for day in range(7)]
    assert all(ids[0] == "plain" for ids in days)
    weekly = [id for ids in days for id in ids[1:]]
    assert sorted(weekly) == sorted({f"dear {number}" for number in range(20)})


def test_who_asks_for_it_or_for_seven_days_gets_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COURSE_DAYS", raising=False)
    assert len(run_on(700, monkeypatch, "tests/test_x.py::dear")) == 21
    monkeypatch.setenv("COURSE_DAYS", "7")
    assert len(run_on(700, monkeypatch)) == 21
