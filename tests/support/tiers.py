"""Parameters of tests that are run in the slow tier alone, or by day only on some days."""

import os
import random
from collections.abc import Iterable, Sequence

import pytest


def slow(*values: object) -> object:
    """Return values for `parametrize` with which a test is slow, unlike with other values."""
    return pytest.param(*values, marks=pytest.mark.slow)


def each_day(count: int, values: Iterable[object]) -> list[object]:
    """Return `values` for `parametrize`, of which by day `count` are run, each day other ones.

    The slow tier runs the rest, so both tiers together run all. A tuple has the values of several
    parameters.
    """
    values = list(values)
    places = chosen(count, range(len(values)))
    return [
        value if place in places else slow(*value if isinstance(value, tuple) else (value,))
        for place, value in enumerate(values)
    ]


def chosen(count: int, values: Sequence[object]) -> list[object]:
    """Return `count` of the values, or all if there are fewer, each day other ones."""
    return random.Random(today()).sample(values, min(count, len(values)))


def turns(days: int, values: Iterable[object]) -> list[object]:
    """Return today's share of `values`, which take turns: each has one day of every `days`.

    For long rows of which even the slow tier need not run all on one day.
    """
    return list(values)[today() % days :: days]


def today() -> int:
    """Return the number of the day, from the environment variable COURSE_DAY."""
    return int(os.environ["COURSE_DAY"])
