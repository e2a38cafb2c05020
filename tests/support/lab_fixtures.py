"""A lab for the tests of one file. Left out: what is done in it."""

from collections.abc import Iterator

import pytest

from classroom.cookie_lab import Lab
from classroom.cookie_lab.servers import Servers


@pytest.fixture(scope="module")
def lab() -> Iterator[Lab]:
    """A lab that is open for the tests of a file."""
    lab = Lab()
    yield lab
    lab.close()


@pytest.fixture(scope="module")
def servers() -> Iterator[Servers]:
    """The ports of a lab, without its interface."""
    servers = Servers()
    yield servers
    servers.close()
