"""Answers to serverless-throttle: other ways to count in one place, and counts that are not one."""

import os
import sqlite3
import time
from functools import cache

from classroom.checking.exercise import Wrong

MOST = 5
COUNT = """\
INSERT INTO attempts (email, tries) VALUES (?, 1)
ON CONFLICT (email) DO UPDATE SET tries = tries + 1 RETURNING tries"""


# Right.


def one_connection_for_all(email: str) -> bool:
    (tries,) = connection().execute(COUNT, (email,)).fetchone()
    return tries <= MOST


@cache
def connection() -> sqlite3.Connection:
    return sqlite3.connect(os.environ["ATTEMPTS"], isolation_level=None)  # commits by itself


def counts_to_six_at_most(email: str) -> bool:
    database = sqlite3.connect(os.environ["ATTEMPTS"])
    with database:
        database.execute("INSERT OR IGNORE INTO attempts VALUES (?, 0)", (email,))
        added = database.execute(
            "UPDATE attempts SET tries = tries + 1 WHERE email = ? AND tries < 5", (email,)
        ).rowcount
    database.close()
    return added == 1


# Wrong.


def never_commits(email: str) -> bool:
    database = sqlite3.connect(os.environ["ATTEMPTS"])
    (tries,) = database.execute(COUNT, (email,)).fetchone()
    database.close()
    return tries <= MOST


def a_database_in_memory(email: str) -> bool:
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE attempts (email TEXT PRIMARY KEY, tries INTEGER)")
    (tries,) = database.execute(COUNT, (email,)).fetchone()
    database.close()
    return tries <= MOST


def looks_then_writes(email: str) -> bool:
    database = sqlite3.connect(os.environ["ATTEMPTS"], isolation_level=None)
    row = database.execute("SELECT tries FROM attempts WHERE email = ?", (email,)).fetchone()
    tries = row[0] + 1 if row else 1
    database.execute("REPLACE INTO attempts (email, tries) VALUES (?, ?)", (email, tries))
    database.close()
    return tries <= MOST


def looks_sleeps_then_writes(email: str) -> bool:
    database = sqlite3.connect(os.environ["ATTEMPTS"], isolation_level=None)
    row = database.execute("SELECT tries FROM attempts WHERE email = ?", (email,)).fetchone()
    tries = row[0] + 1 if row else 1
    time.sleep(0.1)
    database.execute("REPLACE INTO attempts (email, tries) VALUES (?, ?)", (email, tries))
    database.close()
    return tries <= MOST


def says_how_many(email: str) -> int:
    (tries,) = connection().execute(COUNT, (email,)).fetchone()
    return tries + 1


def begins_again_after_a_refusal(email: str) -> bool:
    database = sqlite3.connect(os.environ["ATTEMPTS"])
    with database:
        (tries,) = database.execute(COUNT, (email,)).fetchone()
        if tries > MOST:
            database.execute("DELETE FROM attempts WHERE email = ?", (email,))
    database.close()
    return tries <= MOST


def always(email: str) -> bool:
    return True


RIGHT = (one_connection_for_all, counts_to_six_at_most)
WRONG = (
    Wrong(never_commits, "the sixth attempt is refused"),
    Wrong(a_database_in_memory, "the sixth attempt is refused"),
    Wrong(looks_then_writes, "of many attempts at once five are allowed"),
    Wrong(looks_sleeps_then_writes, "of many attempts at once five are allowed"),
    Wrong(says_how_many, "the answer is True or False"),
    Wrong(begins_again_after_a_refusal, "all others are refused"),
    Wrong(always, "the sixth attempt is refused"),
)
