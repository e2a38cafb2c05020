"""Parameters of tests that are run in the slow tier alone."""

import pytest


def slow(value: object) -> object:
    """Return a value for `parametrize` with which a test is slow, unlike with other values."""
    return pytest.param(value, marks=pytest.mark.slow)
