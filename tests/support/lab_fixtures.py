"""A cookie lab, as a fixture for the tests of one file."""

from collections.abc import Iterator

import pytest

from classroom.cookie_lab import CookieLab
from classroom.cookie_lab.walk_servers import WalkServers


@pytest.fixture(scope="module")
def lab() -> Iterator[CookieLab]:
    """Yield a lab that is open for the tests of a file."""
    lab = CookieLab()
    yield lab
    lab.close()


@pytest.fixture(scope="module")
def servers() -> Iterator[WalkServers]:
    """Yield the servers of a lab, without its interface."""
    servers = WalkServers()
    yield servers
    servers.close()
