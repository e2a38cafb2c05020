"""The guard in tests/plugins/one_name.py, against tests that xdist would leave out silently."""

from types import SimpleNamespace

import pytest

from tests.plugins.one_name import pytest_collection_modifyitems


def test_two_tests_of_one_id_are_refused() -> None:
    items = [SimpleNamespace(nodeid=name) for name in ("a.py::one", "a.py::two", "a.py::one")]
    pytest_collection_modifyitems(items[:2])
    with pytest.raises(pytest.UsageError, match="a.py::one"):
        pytest_collection_modifyitems(items)
