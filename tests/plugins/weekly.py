"""A test with the mark `weekly` is run on one day of seven, in the slow tier.

For a long test that repeats what quicker ones show. The day comes from the test's name, so that all
processes of a run agree. With COURSE_DAYS=7, or named by its id, it is run in any case.
"""

from zlib import crc32

import pytest

from tests.support.tiers import DAYS, turns


def has_its_turn(item: pytest.Item) -> bool:
    """Return True if today is the day of a weekly test."""
    return crc32(item.nodeid.encode()) % DAYS in turns(range(DAYS))


@pytest.hookimpl(tryfirst=True)  # before slow tests are taken out
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark weekly tests as slow, and leave out those of other days."""
    others = []
    for item in [item for item in items if item.get_closest_marker("weekly")]:
        item.add_marker(pytest.mark.slow)
        if not has_its_turn(item) and not any("::" in argument for argument in config.args):
            others.append(item)
    if others:
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if item not in others]
