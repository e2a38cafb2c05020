"""Ask the database a short question without making anybody else wait.

A file of SQLite in WAL mode answers in microseconds and never makes a reader wait for a writer
(sqlite.org/wal.html §2.2), so the event loop asks by itself: to hand the question to a thread costs
many times as much. What turns out to be locked all the same, and every other database, is asked in
a thread. Left out: long answers, which would hold up everybody; they belong into a thread.
"""

from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError

from minisrv.db import engines
from minisrv.db.engines import file_of, is_busy, open_impatient
from minisrv.pools import BoundedPool

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")
# Of a connection, not of a session: the ORM's bookkeeping costs more than a short question does.
THREADS = 4  # of its own: a reader does not stand in a queue with writers
Question = Callable[Concatenate[Connection, Arguments], Answer]


class Reader:
    """Asks at once where that cannot block, and in a thread where it can."""

    def __init__(self, engine: Engine) -> None:
        """Read from the database of `engine`."""
        self._patient, self._impatient = engine, open_impatient(engine)
        self._threads = BoundedPool("minisrv-reader", THREADS, patience=engines.BUSY_SECONDS)
        self._kept: Connection | None = None
        self._file: object = None

    async def ask(
        self, question: Question[Arguments, Answer], *args: Arguments.args, **kw: Arguments.kwargs
    ) -> Answer:
        """Return `question(connection, *args)`, or raise what it raises."""
        if self._impatient:
            try:
                return question(self._connection(self._impatient), *args, **kw)
            except Exception as error:
                self._let_go()  # whatever it was, the next question finds a new connection
                if not (isinstance(error, OperationalError) and is_busy(error)):
                    raise
        return await self._threads.run(self._asked, question, *args, **kw)

    def close(self) -> None:
        """Let go of the threads, and of the connection that is its own."""
        self._threads.close()
        self._let_go()
        if self._impatient:
            self._impatient.dispose()

    def _connection(self, engine: Engine) -> Connection:
        """Return the event loop's own connection: to borrow one each time takes twice as long."""
        file = file_of(engine.url)
        if self._kept is None or file != self._file:  # it was deleted or replaced
            self._let_go()
            self._kept, self._file = engine.connect(), file
        return self._kept

    def _let_go(self) -> None:
        kept, self._kept = self._kept, None
        if kept is not None:
            kept.close()

    def _asked(
        self, question: Question[Arguments, Answer], *args: Arguments.args, **kw: Arguments.kwargs
    ) -> Answer:
        with self._patient.connect() as connection:
            return question(connection, *args, **kw)
