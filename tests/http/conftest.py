"""The visitors of many of these tests. Left out: those who differ, which a module defines."""

import pytest

from tests.support.live import Live
from tests.support.visitor import Visitor


@pytest.fixture
def ada(server: Live) -> Visitor:
    """Ada, signed up and so signed in."""
    visitor = Visitor(server)
    assert visitor.signs_up().status_code == 201
    return visitor


@pytest.fixture
def grace(server: Live) -> Visitor:
    """Grace, signed up and so signed in."""
    visitor = Visitor(server, "grace@trax.test")
    assert visitor.signs_up().status_code == 201
    return visitor
