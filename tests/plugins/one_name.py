"""Each test has an id of its own, because pytest-xdist runs only one of those that share theirs.

schemathesis names the operation in a test's name, from which pytest 9.2 no longer makes the id.
"""

from collections import Counter

import pytest


def pytest_itemcollected(item: pytest.Item) -> None:
    """Name the operation of the API in the id, too."""
    operation = getattr(item, "operation_label", None)
    if operation and item.id.params is None:  # type: ignore[attr-defined]
        item._id = item.id.with_params(operation)  # type: ignore[attr-defined]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse to run when two tests have one id."""
    twice = [
        nodeid for nodeid, count in Counter(item.nodeid for item in items).items() if count > 1
    ]
    if twice:
        raise pytest.UsageError(
            f"Several tests have the id {twice[0]}: xdist would run one of them."
        )
