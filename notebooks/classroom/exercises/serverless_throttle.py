"""Exercise of lesson 11: a rate limit that holds over three instances."""

import os
import sqlite3
from collections import Counter

from classroom.checking.exercise import Exercise, Wrong
from classroom.checking.function_visit import FunctionVisit
from classroom.serverless.at_once import INSTANCES, at_once
from classroom.serverless.cloud import Cloud
from classroom.serverless.outcome import ANSWERED, Outcome
from classroom.serverless.student_code import instances_of, why_not_answered

APP = """
from student import may_try


def handler(event, context):
    return may_try(event["email"])
"""
ADVICE = {  # what a message of Python or SQLite means here
    "KeyError": "The environment has no variable of this name: the prompt has its name.",
    "NameError": 'An instance knows what this cell imports; os.environ["..."] reads a variable.',
    "no such table": "This file is new and empty: os.environ has the name of the shared one.",
    "unable to open": "No file has this name: the variable ATTEMPTS has that of the shared one.",
    "number of bindings": "A text counts as many values: a tuple with one value has a comma.",
}
TABLE = "CREATE TABLE attempts (email TEXT PRIMARY KEY, tries INTEGER NOT NULL)"
MOST = 5
COUNT = """\
INSERT INTO attempts (email, tries) VALUES (?, 1)
ON CONFLICT (email) DO UPDATE SET tries = tries + 1 RETURNING tries"""


def check(visit: FunctionVisit) -> None:
    """Let Ada try twelve times in turn, Grace meanwhile, and Linus many times at once."""
    shared = {"ATTEMPTS": "{shared}/attempts.sqlite3"}
    with instances_of(visit.source.text, APP, INSTANCES, shared, timeout=20) as cloud:
        database = sqlite3.connect(cloud.shared / "attempts.sqlite3")
        database.execute(TABLE)
        database.close()
        _check_with(visit, cloud)


def _check_with(visit: FunctionVisit, cloud: Cloud) -> None:
    allowed = [_may(visit, cloud, "ada@trax.test") for _ in range(12)]
    first = allowed.index(False) if False in allowed else len(allowed)
    reason = f"the first five attempts are allowed\nYour function refused attempt {first + 1}"
    visit.expect(first >= MOST, reason)
    reason = f"the sixth attempt is refused at each instance; {sum(allowed)} of 12 were allowed"
    visit.expect(first == MOST, reason)
    visit.expect(not any(allowed[MOST:]), "after the fifth attempt all others are refused")
    other = [_may(visit, cloud, "grace@trax.test") for _ in range(6)]
    visit.expect(other == [True] * MOST + [False], "each address has a count of its own")
    attempts = at_once(cloud, cloud.shared / "attempts.sqlite3", {"email": "linus@trax.test"}, 18)
    together = [_answer(visit, cloud, one) for one in attempts]
    visit.expect(sum(together) == MOST, "of many attempts at once five are allowed")


def _may(visit: FunctionVisit, cloud: Cloud, email: str) -> bool:
    return _answer(visit, cloud, cloud.send({"email": email}))


def _answer(visit: FunctionVisit, cloud: Cloud, outcome: Outcome) -> bool:
    said = why_not_answered(cloud, outcome) if outcome.how != ANSWERED else ""
    said += "".join(f"\n{more}" for part, more in ADVICE.items() if part in said)
    visit.expect(outcome.how == ANSWERED, f"the function answers each attempt\n{said}")
    right = outcome.result in (True, False)
    visit.expect(right, f"the answer is True or False\nYour function returned {outcome.result!r}")
    return bool(outcome.result)


def solution(email: str) -> bool:
    database = sqlite3.connect(os.environ["ATTEMPTS"])
    with database:  # ends with a commit
        (tries,) = database.execute(COUNT, (email,)).fetchone()
    database.close()
    return tries <= MOST


def alternative(email: str) -> bool:
    database = sqlite3.connect(os.environ["ATTEMPTS"], isolation_level=None)
    database.execute("BEGIN IMMEDIATE")  # no other instance writes until the commit
    row = database.execute("SELECT tries FROM attempts WHERE email = ?", (email,)).fetchone()
    tries = row[0] + 1 if row else 1
    database.execute("REPLACE INTO attempts (email, tries) VALUES (?, ?)", (email, tries))
    database.execute("COMMIT")
    database.close()
    return tries <= MOST


SEEN = Counter()


def in_memory(email: str) -> bool:
    SEEN[email] += 1
    return SEEN[email] <= MOST


def own_file(email: str) -> bool:
    database = sqlite3.connect("attempts.sqlite3")
    with database:
        database.execute(
            "CREATE TABLE IF NOT EXISTS attempts (email TEXT PRIMARY KEY, tries INTEGER)"
        )
        (tries,) = database.execute(COUNT, (email,)).fetchone()
    database.close()
    return tries <= MOST


def counted(key: str) -> int:
    database = sqlite3.connect(os.environ["ATTEMPTS"])
    with database:
        (tries,) = database.execute(COUNT, (key,)).fetchone()
    database.close()
    return tries


def one_too_few(email: str) -> bool:
    return counted(email) < MOST


def all_together(email: str) -> bool:
    return counted("everybody") <= MOST


FRAME = '''\
import os
import sqlite3

MOST = 5
COUNT = """\\
INSERT INTO attempts (email, tries) VALUES (?, 1)
ON CONFLICT (email) DO UPDATE SET tries = tries + 1 RETURNING tries"""


@server.function("throttle")
def may_try(email):
    database = sqlite3.connect(...)
    with database:  # ends with a commit
        (tries,) = database.execute(COUNT, ...).fetchone()
    database.close()
    return ...
'''

EXERCISE = Exercise(
    id="serverless-throttle",
    title="A limit for all instances",
    endpoint="throttle",
    decorator="function",
    check=check,
    hints=(
        "All instances must count in the same place, and that place is outside of them.",
        "The file is named by the variable ATTEMPTS, and the statement needs its one value.",
        'The gaps are os.environ["ATTEMPTS"], then (email,) with its comma, then tries <= MOST.',
    ),
    solution=solution,
    alternative=alternative,
    wrong=(
        Wrong(in_memory, "the sixth attempt is refused"),
        Wrong(own_file, "the sixth attempt is refused"),
        Wrong(one_too_few, "the first five attempts are allowed"),
        Wrong(all_together, "each address has a count of its own"),
    ),
    afterthought="Counting and reading are one statement, so no other attempt comes between.\n"
    "What is in the memory of one instance may be missing or old in the next one.",
    frame=FRAME,
    stub="may_try",
)
