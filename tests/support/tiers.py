"""Parameters of tests that are run by day, in the slow tier, or there only on some days.

A long row of like tests takes turns: of its values some are run by day, each day other ones, and a
seventh of all in the slow tier, so that in seven days each was run.
"""

import os
import random
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypeVar

import pytest

Value = TypeVar("Value")
DAYS = 7


def slow(*values: object) -> object:
    """Return values for `parametrize` with which a test is slow, unlike with other values."""
    return pytest.param(*values, marks=pytest.mark.slow)


def each_day(count: int, values: Iterable[object]) -> list[object]:
    """Return the `values` for `parametrize` that are run today.

    By day these are `count` of them, each day other ones, and in the slow tier those whose turn it
    is. A tuple has the values of several parameters.
    """
    values = list(values)
    by_day, in_turn = chosen(count, range(len(values))), turns(range(len(values)))
    return [
        value if place in by_day else slow(*value if isinstance(value, tuple) else (value,))
        for place, value in enumerate(values)
        if place in by_day or place in in_turn
    ]


def chosen(count: int, values: Sequence[Value]) -> list[Value]:
    """Return `count` of the values, or all if there are fewer, each day other ones."""
    return random.Random(today()).sample(values, min(count, len(values)))


def turns(values: Iterable[Value]) -> list[Value]:
    """Return the values whose turn it is: each has one day of seven, or of as many as there are."""
    values = list(values)
    days = min(DAYS, len(values))
    shares = {(today() + later) % days for later in range(days_at_once()) if days}
    return [value for place, value in enumerate(values) if place % days in shares]


def today() -> int:
    """Return the number of the day: the environment variable COURSE_DAY, or else today's."""
    return int(os.environ.get("COURSE_DAY", date.today().toordinal()))


def days_at_once() -> int:
    """Return from COURSE_DAYS how many days' turns are taken in this run: 7 means all values."""
    return int(os.environ.get("COURSE_DAYS", "1"))
