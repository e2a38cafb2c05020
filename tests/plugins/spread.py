"""How tests are shared out among the processes of pytest-xdist, and in what order they begin.

The tests of a file stay in one process, since they share fixtures or, in a notebook, a kernel. Only
the tests of the files in SPREAD go one by one to any free process. The long ones begin first,
so that no process is left with one of them at the end.
"""

from fnmatch import fnmatch

import pytest
from xdist.scheduler import LoadFileScheduling

# Files with long tests that share nothing.
SPREAD = (
    "tests/http/test_ladder.py",
    "tests/lessons/test_exercises.py",
    "tests/lessons/test_run_again.py",
    "tests/lessons/test_scoreboard.py",
    "tests/lessons/test_solutions_paste.py",
)
# Those with the longest tests first; all other tests come last.
LONGEST_FIRST = (
    "tests/unit/test_strict_nbval.py",
    "tests/lessons/test_run_again.py",
    "tests/mutants/*",  # one after the other, in forks of one process
    "tests/browsers/*",
    "notebooks/*",
    "tests/faults/*",
    "tests/lessons/*",
    "tests/http/*",
)


class Spread(LoadFileScheduling):
    """As `--dist=loadfile`, but for the tests in SPREAD."""

    def _split_scope(self, nodeid: str) -> str:
        """Return what all tests have in common that run in one process."""
        file = file_of(nodeid)
        return nodeid if any(fnmatch(file, pattern) for pattern in SPREAD) else file


@pytest.hookimpl(optionalhook=True, tryfirst=True)  # before the answer of xdist itself
def pytest_xdist_auto_num_workers() -> int:
    """Return two processes more than there are cores: many tests wait for another process."""
    from minisrv.pools import usable_cores

    return usable_cores() + 2


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> Spread | None:
    """Use it in the place of `loadfile`; other values of --dist are left alone."""
    return Spread(config, log) if config.getvalue("dist") == "loadfile" else None


def place(item: pytest.Item) -> int:
    """Return the place of the item's file in LONGEST_FIRST."""
    file = file_of(item.nodeid)
    fits = (at for at, pattern in enumerate(LONGEST_FIRST) if fnmatch(file, pattern))
    return next(fits, len(LONGEST_FIRST))


def file_of(nodeid: str) -> str:
    """Return the path of the item's file."""
    return nodeid.partition("::")[0]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put long tests first; the order of those in one place stays."""
    items.sort(key=place)
