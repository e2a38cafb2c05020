"""Parameters of tests that are run in the slow tier alone, or by day only on some days."""

import os
import random
from collections.abc import Iterable

import pytest


def slow(*values: object) -> object:
    """Return values for `parametrize` with which a test is slow, unlike with other values."""
    return pytest.param(*values, marks=pytest.mark.slow)


def each_day(count: int, values: Iterable[object]) -> list[object]:
    """Return `values` for `parametrize`, of which by day `count` are run, each day other ones.

    The slow tier runs the rest, so both tiers together run all. A tuple has the values of several
    parameters. The environment variable COURSE_DAY is the number of the day.
    """
    values = list(values)
    day = random.Random(int(os.environ["COURSE_DAY"]))
    chosen = day.sample(range(len(values)), min(count, len(values)))
    return [
        value if place in chosen else slow(*value if isinstance(value, tuple) else (value,))
        for place, value in enumerate(values)
    ]
