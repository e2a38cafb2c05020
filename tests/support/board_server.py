"""The board of a class, served on this machine; a module imports its fixture `class_page`."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from classroom.server.server_thread import ServerThread
from minisrv.serve.server import bind
from teaching.board.__main__ import limits
from teaching.board.app import create_app, new_code


@contextmanager
def class_board() -> Iterator[str]:
    """Serve an empty board for the length of a `with`, which gets its address."""
    listener, code, settings = bind("127.0.0.1", 0), new_code(), limits()
    app = create_app(code, settings)
    thread = ServerThread(app, settings, listener, name="board of the tests")
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/{code}"
    finally:
        assert thread.stop(60)


@pytest.fixture
def class_page() -> Iterator[str]:
    """The address of an empty board."""
    with class_board() as address:
        yield address
