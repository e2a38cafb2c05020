"""The guard in tests/plugins/killers.py, against mutants whose test was renamed."""

from tests.plugins.killers import missing


def test_a_test_that_is_not_there_is_missing_if_its_file_was_collected() -> None:
    collected = ["a.py::one", "a.py::two[x]", "a.py::two[y]"]
    assert missing(collected, ["a.py::one", "a.py::two", "a.py::two[z]", "a.py", "b.py::z"]) == []
    assert missing(collected, ["a.py::gone", "a.py::one"]) == ["a.py::gone"]
