"""Answers to serverless-mail: other ways to note what was sent, and notes that lose or repeat."""

import json
import os
import sqlite3
import time

from classroom.checking.exercise import Wrong
from classroom.serverless.events import Event


def send_mail(record: dict[str, str]) -> None:
    with open(os.environ["MAILBOX"], "a") as mails:
        print(json.loads(record["body"])["to"], file=mails)


def note(database: sqlite3.Connection, record: dict[str, str]) -> bool:
    """Note the message; return False if it was there before."""
    id = record["messageId"]
    return database.execute("INSERT OR IGNORE INTO sent VALUES (?)", (id,)).rowcount == 1


# Right.


def one_writer_at_a_time(event: Event, context: object) -> None:
    database = sqlite3.connect(os.environ["SENT"], isolation_level=None)
    try:
        for record in event["Records"]:
            database.execute("BEGIN IMMEDIATE")
            there = database.execute("SELECT 1 FROM sent WHERE id = ?", (record["messageId"],))
            if there.fetchone() is None:
                send_mail(record)
                database.execute("INSERT INTO sent VALUES (?)", (record["messageId"],))
            database.execute("COMMIT")
    finally:
        database.close()  # takes back what is not committed


def takes_its_note_back(event: Event, context: object) -> None:
    database = sqlite3.connect(os.environ["SENT"], isolation_level=None)
    for record in event["Records"]:
        if not note(database, record):
            continue
        try:
            send_mail(record)
        except OSError:
            database.execute("DELETE FROM sent WHERE id = ?", (record["messageId"],))
            raise
    database.close()


def fails_while_another_writes(event: Event, context: object) -> None:
    """SQLite raises "database is locked" in place of waiting; the queue delivers again."""
    database = sqlite3.connect(os.environ["SENT"], isolation_level=None)
    try:
        for record in event["Records"]:
            id = record["messageId"]
            database.execute("BEGIN")
            if database.execute("SELECT 1 FROM sent WHERE id = ?", (id,)).fetchone() is None:
                database.execute("INSERT INTO sent VALUES (?)", (id,))
                send_mail(record)
            database.execute("COMMIT")
    finally:
        database.close()


# Wrong.


def only_the_first_record(event: Event, context: object) -> None:
    database = sqlite3.connect(os.environ["SENT"])
    with database:
        record = event["Records"][0]
        if note(database, record):
            send_mail(record)
    database.close()


def looks_then_sends(event: Event, context: object) -> None:
    database = sqlite3.connect(os.environ["SENT"], isolation_level=None)
    for record in event["Records"]:
        id = record["messageId"]
        if database.execute("SELECT 1 FROM sent WHERE id = ?", (id,)).fetchone() is None:
            send_mail(record)
            note(database, record)
    database.close()


def looks_sleeps_then_sends(event: Event, context: object) -> None:
    database = sqlite3.connect(os.environ["SENT"], isolation_level=None)
    for record in event["Records"]:
        id = record["messageId"]
        if database.execute("SELECT 1 FROM sent WHERE id = ?", (id,)).fetchone() is None:
            time.sleep(0.1)
            send_mail(record)
            note(database, record)
    database.close()


def hides_what_went_wrong(event: Event, context: object) -> None:
    database = sqlite3.connect(os.environ["SENT"])
    for record in event["Records"]:
        try:
            with database:
                database.execute("INSERT INTO sent VALUES (?)", (record["messageId"],))
                send_mail(record)
        except Exception:
            continue
    database.close()


def a_file_of_its_own(event: Event, context: object) -> None:
    database = sqlite3.connect("sent.sqlite3")
    database.execute("CREATE TABLE IF NOT EXISTS sent (id TEXT PRIMARY KEY)")
    for record in event["Records"]:
        with database:
            if note(database, record):
                send_mail(record)
    database.close()


def stops_at_an_old_one(event: Event, context: object) -> None:
    database = sqlite3.connect(os.environ["SENT"])
    for record in event["Records"]:
        with database:
            if not note(database, record):
                break
            send_mail(record)
    database.close()


def never_commits(event: Event, context: object) -> None:
    database = sqlite3.connect(os.environ["SENT"])
    for record in event["Records"]:
        if note(database, record):
            send_mail(record)
    database.close()


def sends_nothing(event: Event, context: object) -> None:
    return None


RIGHT = (one_writer_at_a_time, takes_its_note_back, fails_while_another_writes)
WRONG = (
    Wrong(only_the_first_record, "an old and a new message"),
    Wrong(looks_then_sends, "several times at once sends one mail"),
    Wrong(looks_sleeps_then_sends, "several times at once sends one mail"),
    Wrong(hides_what_went_wrong, "the error is not hidden"),
    Wrong(a_file_of_its_own, "sends no second mail"),
    Wrong(stops_at_an_old_one, "an old and a new message"),
    Wrong(never_commits, "sends no second mail"),
    Wrong(sends_nothing, "one message, one mail"),
)
