"""Run a short query: on the event loop where that cannot wait, and in a thread otherwise.

SQLite in WAL mode answers in microseconds and never makes a reader wait for a writer
(sqlite.org/wal.html §2.2), so for a file the query runs on the event loop. In a thread GET /api/me
takes 30 % more CPU. If the file is locked all the same, and for every other database, the query
runs in a thread. Left out: long queries, such as a list of 1,000 playlists. They would block
everybody, so their routes ask in a thread (asyncio.to_thread), where writers wait as well.
"""

from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError

from minisrv.db import engines
from minisrv.db.engines import is_busy, open_no_wait
from minisrv.pools import BoundedPool

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")
# With a connection, not a session: the ORM's bookkeeping costs more than a short query.
Query = Callable[Concatenate[Connection, Arguments], Result]
THREADS = 4  # of its own, so that a reader does not queue behind writers


class Reader:
    """Runs short queries."""

    def __init__(self, engine: Engine) -> None:
        """Read from the database of `engine`."""
        self._engine, self._no_wait = engine, open_no_wait(engine)
        self._threads = BoundedPool("minisrv-reader", THREADS, patience=engines.BUSY_SECONDS)

    async def ask(
        self, query: Query[Arguments, Result], *args: Arguments.args, **kw: Arguments.kwargs
    ) -> Result:
        """Return `query(connection, *args, **kw)`, or raise what it raises."""
        if self._no_wait:
            try:
                return _run(self._no_wait, query, *args, **kw)
            except OperationalError as error:
                if not is_busy(error):
                    raise
        return await self._threads.run(_run, self._engine, query, *args, **kw)

    def close(self) -> None:
        """Close the threads, and the connections of the event loop."""
        self._threads.close()
        if self._no_wait:
            engines.close(self._no_wait)


def _run(
    engine: Engine,
    query: Query[Arguments, Result],
    *args: Arguments.args,
    **kw: Arguments.kwargs,
) -> Result:
    with engine.connect() as connection:
        return query(connection, *args, **kw)
