"""Ask the database a short question without making anybody else wait.

A file of SQLite in WAL mode answers in microseconds and never makes a reader wait for a writer
(sqlite.org/wal.html §2.2), so the event loop asks by itself: to hand the question to a thread costs
many times as much. What turns out to be locked all the same, and every other database, is asked in
a thread. Left out: long answers, which would hold up everybody; they belong into a thread.
"""

import asyncio
from collections.abc import Callable
from functools import cached_property
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError

from minisrv.engines import is_busy, open_impatient

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")
# Of a connection, not of a session: the ORM's bookkeeping costs more than a short question does.
Question = Callable[Concatenate[Connection, Arguments], Answer]


class Reader:
    """Asks at once where that cannot block, and in a thread where it can."""

    def __init__(self, engine: Engine) -> None:
        """Read from the database of `engine`."""
        self._patient, self._impatient = engine, open_impatient(engine)

    async def ask(
        self, question: Question[Arguments, Answer], *args: Arguments.args, **kw: Arguments.kwargs
    ) -> Answer:
        """Return `question(connection, *args)`, or raise what it raises."""
        if self._impatient:
            try:
                return question(self._kept, *args, **kw)
            except OperationalError as error:
                if not is_busy(error):
                    raise
        return await asyncio.to_thread(self._asked, question, *args, **kw)

    def close(self) -> None:
        """Let go of the connection that is its own."""
        if self._impatient:
            self._impatient.dispose()
            self.__dict__.pop("_kept", None)

    @cached_property
    def _kept(self) -> Connection:
        """The event loop's own connection: to borrow one for each question takes as long again."""
        return self._impatient.connect()

    def _asked(
        self, question: Question[Arguments, Answer], *args: Arguments.args, **kw: Arguments.kwargs
    ) -> Answer:
        with self._patient.connect() as connection:
            return question(connection, *args, **kw)
