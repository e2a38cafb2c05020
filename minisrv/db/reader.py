"""Run short queries so that no other request waits for them.

A file of SQLite in WAL mode answers in microseconds and never makes a reader wait for a writer
(sqlite.org/wal.html §2.2), so the query runs on the event loop: to hand it to a thread costs many
times as much. If the file is locked all the same, and for every other database, the query runs in a
thread. Left out: long queries, which would block the loop; they belong in a thread.
"""

from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError

from minisrv.db import engines
from minisrv.db.engines import file_of, is_busy, open_no_wait
from minisrv.pools import BoundedPool

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")
# Of a connection, not of a session: the ORM's bookkeeping costs more than a short question does.
THREADS = 4  # its own threads: a reader does not queue behind writers
Question = Callable[Concatenate[Connection, Arguments], Answer]


class Reader:
    """Runs a query on the event loop if it cannot block there, else in a thread."""

    def __init__(self, engine: Engine) -> None:
        """Read from the database of `engine`."""
        self._engine, self._no_wait = engine, open_no_wait(engine)
        self._threads = BoundedPool("minisrv-reader", THREADS, patience=engines.BUSY_SECONDS)
        self._kept: Connection | None = None
        self._file: object = None

    async def ask(
        self, question: Question[Arguments, Answer], *args: Arguments.args, **kw: Arguments.kwargs
    ) -> Answer:
        """Return `question(connection, *args)`, or raise what it raises."""
        if self._no_wait:
            try:
                return question(self._connection(self._no_wait), *args, **kw)
            except Exception as error:
                self._disconnect()  # after any error the next query has a new connection
                if not (isinstance(error, OperationalError) and is_busy(error)):
                    raise
        return await self._threads.run(self._query, question, *args, **kw)

    def close(self) -> None:
        """Close the threads and the connection."""
        self._threads.close()
        self._disconnect()
        if self._no_wait:
            self._no_wait.dispose()

    def _connection(self, engine: Engine) -> Connection:
        """Return the event loop's own connection: a pool's checkout takes twice as long."""
        file = file_of(engine.url)
        if self._kept is None or file != self._file:  # it was deleted or replaced
            self._disconnect()
            self._kept, self._file = engine.connect(), file
        return self._kept

    def _disconnect(self) -> None:
        kept, self._kept = self._kept, None
        if kept is not None:
            kept.close()

    def _query(
        self, question: Question[Arguments, Answer], *args: Arguments.args, **kw: Arguments.kwargs
    ) -> Answer:
        with self._engine.connect() as connection:
            return question(connection, *args, **kw)
