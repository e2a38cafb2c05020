"""Each mutant names a test that exists: a test that is renamed without it stops the collection.

Without this the mutant would be found only when it is run, as wrong parameters of a test are. Left
out: runs of single tests.
"""

from collections.abc import Iterable

import pytest

from tests.mutants.all import MUTANTS


def missing(collected: list[str], named: Iterable[str]) -> list[str]:
    """Return those of `named` that were not collected, although other tests of their file were.

    Parameters are not looked at: those of a long row are not collected each day.
    """
    ids = {nodeid.partition("[")[0] for nodeid in collected}
    files = {nodeid.partition("::")[0] for nodeid in ids}
    return [
        one
        for one in named
        if one.partition("::")[0] in files and one.partition("[")[0] not in ids | files
    ]


@pytest.hookimpl(tryfirst=True)  # before slow tests are taken out
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Refuse to run when a mutant names a test that is not there."""
    if any("::" in argument for argument in config.args):
        return
    named = [mutant.test for mutant in MUTANTS.values()]
    if gone := missing([item.nodeid for item in items], named):
        raise pytest.UsageError(f"tests/mutants/ names a test that is not there: {gone[0]}")
