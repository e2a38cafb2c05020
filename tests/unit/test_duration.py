"""The one way in which a length of time is written in words."""

import pytest

from classroom.display.text import duration


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 s"),
        (0.4, "0 s"),
        (59.7, "1 min"),
        (90, "1 min 30 s"),
        (28800, "8 h"),
        (28799, "7 h 59 min"),
        (28801, "8 h"),
        (400 * 86400, "400 d"),
        (28_800_000, "333 d 8 h"),
        (-90, "-1 min 30 s"),
        (1234 * 86400, "1,234 d"),
    ],
)
def test_a_duration_is_written_in_its_two_largest_units(seconds: float, words: str) -> None:
    assert duration(seconds) == words


def test_years_are_a_unit_only_where_they_are_wanted() -> None:
    assert duration(400 * 86400, years=True) == "1 y 35 d"
    assert duration(86400, years=True) == "1 d"
