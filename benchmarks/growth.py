"""Measure if it costs more to find and to add people when there are a thousand times as many.

The statements are those of the routes. They run on two tables in turns, so that a slow moment of
the machine hits both. Left out: PostgreSQL.
"""

import statistics
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError

from minisrv.db.engines import open_engine
from minisrv.db.models import Database, User, add, first_user, open_database
from minisrv.routes.signin import BY_EMAIL

FILL = """
WITH RECURSIVE numbers(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < :rows)
INSERT INTO users(email, password)
SELECT 'person-' || n || '@trax.test', hex(randomblob(36)) FROM numbers
"""
Job = Callable[[Database, int], object]


def growth(rows: tuple[int, int], questions: int) -> dict[str, float]:
    """Return what each job costs in the larger table, in µs and as a multiple of the smaller."""
    with TemporaryDirectory(prefix="benchmark-", ignore_cleanup_errors=True) as folder:
        engines = [_filled(Path(folder, f"{number}.sqlite3"), number) for number in rows]
        try:
            figures = {"index_used": float(all(map(_uses_index, engines)))}
            tables = [(open_database(engine), n) for engine, n in zip(engines, rows, strict=True)]
            for name, job in JOBS.items():
                small, large = _medians(job, tables, questions)
                figures |= {f"{name}_us": 1e6 * large, f"{name}_growth": large / small}
            return figures
        finally:
            for engine in engines:
                engine.dispose()


def _look_up(database: Database, number: int) -> None:
    """Find one of those who are there, as /api/signin does."""
    with database.kw["bind"].connect() as connection:
        assert first_user(connection, BY_EMAIL, email=f"person-{number}@trax.test") is not None


def _duplicate(database: Database, number: int) -> None:
    """Try to add one of those who are there, as /api/signup does."""
    with suppress(IntegrityError):
        add(database, User(email=f"person-{number}@trax.test", password="hash"))
        raise AssertionError("Two accounts have one address.")


def _insert(database: Database, number: int) -> None:
    """Add a new one, who sorts anywhere among the others, and commit."""
    address = f"person-{number}-{time.perf_counter_ns()}@trax.test"
    add(database, User(email=address, password="hash"))


JOBS: dict[str, Job] = {"look_up": _look_up, "duplicate": _duplicate, "insert": _insert}


def _medians(job: Job, tables: list[tuple[Database, int]], questions: int) -> list[float]:
    chance, seconds = Random(1), [[], []]  # type: ignore[var-annotated]
    for _ in range(questions):
        for (database, rows), found in zip(tables, seconds, strict=True):
            number = chance.randrange(rows)
            start = time.perf_counter()
            job(database, number)
            found.append(time.perf_counter() - start)
    return [statistics.median(found) for found in seconds]


def _filled(path: Path, rows: int) -> Engine:
    engine = open_engine(f"sqlite:///{path.as_posix()}")
    with engine.begin() as connection:
        connection.execute(text(FILL), {"rows": rows})
    return engine


def _uses_index(engine: Engine) -> bool:
    """Ask the database how it would look an address up."""
    statement = BY_EMAIL.params(email="ada@trax.test")
    statement = statement.compile(engine, compile_kwargs={"literal_binds": True})
    with engine.connect() as connection:
        plan = connection.execute(text(f"EXPLAIN QUERY PLAN {statement}")).all()
    return all("USING INDEX" in row.detail for row in plan)
