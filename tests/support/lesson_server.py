"""The server of a lesson, as a fixture for test modules that want it in the place of live.py's."""

from collections.abc import Iterator

import pytest

from classroom.server.server import Server


@pytest.fixture
def server() -> Iterator[Server]:
    started = Server(bcrypt_cost=4)
    yield started
    started.stop()
