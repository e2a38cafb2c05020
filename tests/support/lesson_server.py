"""The server of a lesson as the fixture `server`, in the place of the one in live.py.

A module imports the one it needs, and each is called `server` there: `server` is new for each test,
`module_server` is for all tests of the module, `silent_server` may print nothing on stderr.
A module that counts its servers imports `before` as well.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from classroom.server.server import Server


@contextmanager
def lesson_server() -> Iterator[Server]:
    """Run a server with quick hashes; at the end stop it, or the one that has taken its place."""
    started = Server(bcrypt_cost=4)
    try:
        yield started
    finally:
        (Server.current or started).stop()


def threads() -> set[threading.Thread]:
    """Return the threads of the lesson's servers that run in this process."""
    return {one for one in threading.enumerate() if one.name == "classroom-server"}


@pytest.fixture(autouse=True)
def before() -> set[threading.Thread]:
    """The threads of servers that another module has left in this process."""
    return threads()


@pytest.fixture
def server() -> Iterator[Server]:
    """A server for one test."""
    with lesson_server() as started:
        yield started


@pytest.fixture(name="server", scope="module")
def module_server() -> Iterator[Server]:
    """A server for all tests of the module."""
    with lesson_server() as started:
        yield started


@pytest.fixture(name="server")
def silent_server(capsys: pytest.CaptureFixture[str]) -> Iterator[Server]:
    """A server for one test, which may print nothing but that it is ready."""
    with lesson_server() as started:
        capsys.readouterr()
        yield started
    assert capsys.readouterr().err == ""
