"""A server that has stopped leaves nothing open, whatever its routes left running."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import text

from minisrv.app import Resources
from tests.support.live import settings_of_tests


def test_a_task_that_was_left_running_opens_no_connection_after_the_end() -> None:
    shared = Resources.open(settings_of_tests())
    shared.close()
    with pytest.raises(RuntimeError, match="The server has stopped"), shared.database() as session:
        session.execute(text("SELECT 1"))


def test_a_query_that_was_left_running_opens_no_file_after_the_end(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'trax.sqlite3'}"
    resources = Resources.open(settings_of_tests(database_url=url))
    resources.close()
    with pytest.raises(RuntimeError, match="The server has stopped"):
        asyncio.run(resources.reader.ask(lambda connection: connection.scalar(text("SELECT 1"))))
