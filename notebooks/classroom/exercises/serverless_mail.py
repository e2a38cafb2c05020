"""Exercise of lesson 11: a mail that is sent once, although its event is delivered twice."""

import json
import os
import sqlite3
from pathlib import Path

from classroom.checking.exercise import Exercise, Wrong
from classroom.checking.function_visit import FunctionVisit
from classroom.serverless.at_once import INSTANCES, at_once
from classroom.serverless.cloud import Cloud
from classroom.serverless.events import Event, message
from classroom.serverless.outcome import ANSWERED, FAILED
from classroom.serverless.student_code import instances_of, why_not_answered

APP = "from student import mailer as handler\n"
TABLE = "CREATE TABLE sent (id TEXT PRIMARY KEY)"


def check(visit: FunctionVisit) -> None:
    """Deliver messages once, twice, at once, several in one event, and while the mail is down."""
    shared = {"SENT": "{shared}/sent.sqlite3", "MAILBOX": "{shared}/service/mails"}
    with instances_of(visit.source.text, APP, INSTANCES, shared, timeout=20) as cloud:
        database = sqlite3.connect(cloud.shared / "sent.sqlite3")
        database.execute(TABLE)
        database.close()
        mails = cloud.shared / "service" / "mails"
        mails.parent.mkdir()
        mails.touch()
        _check_with(visit, cloud, mails)


def _check_with(visit: FunctionVisit, cloud: Cloud, mails: Path) -> None:
    def expect(addresses: list[str], reason: str) -> None:
        sent = mails.read_text("utf-8").split()
        reason = f"{reason}\nMails were sent to: {', '.join(sent) or 'nobody'}"
        visit.expect(sorted(sent) == sorted(addresses), reason)
        mails.write_text("", "utf-8")

    ada, grace, linus = (f"{name}@trax.test" for name in ("ada", "grace", "linus"))
    _deliver(visit, cloud, _mail("m-1", ada))
    expect([ada], "one message, one mail, to the address in its body")
    for _ in range(3):
        _deliver(visit, cloud, _mail("m-1", ada))
    expect([], "a message that is delivered again sends no second mail, at any instance")
    _deliver(visit, cloud, _mail("m-2", ada))
    expect([ada], "another message to the same address sends its mail")
    both = [*_mail("m-2", ada)["Records"], *_mail("m-3", grace)["Records"]]
    _deliver(visit, cloud, {"Records": both})
    expect([grace], "in an event with an old and a new message the new one is sent")
    at_once(cloud, cloud.shared / "sent.sqlite3", _mail("m-4", linus), 6)
    _deliver(visit, cloud, _mail("m-4", linus))  # as a queue does if all of them failed
    expect([linus], "a message that is delivered several times at once sends one mail")
    up, down = mails.parent, mails.parent.with_name("down")
    up.rename(down)  # nobody can write into the mailbox now
    failed = cloud.send(_mail("m-5", grace))
    down.rename(up)
    visit.expect(failed.how == FAILED, "when the mail cannot be sent the error is not hidden")
    _deliver(visit, cloud, _mail("m-5", grace))
    expect([grace], "a mail that could not be sent is sent at the next delivery")


def _mail(id: str, to: str) -> Event:
    return message(id, {"to": to})


def _deliver(visit: FunctionVisit, cloud: Cloud, event: Event) -> None:
    outcome = cloud.send(event)
    reason = f"the handler does not fail\n{why_not_answered(cloud, outcome)}"
    visit.expect(outcome.how == ANSWERED, reason)


def send_mail(to: str) -> None:
    with open(os.environ["MAILBOX"], "a") as mails:
        print(to, file=mails)


def solution(event: Event, context: object) -> None:
    database = sqlite3.connect(os.environ["SENT"])
    for record in event["Records"]:
        with database:  # commits at its end, or takes all back if something raises
            id = record["messageId"]
            added = database.execute("INSERT OR IGNORE INTO sent (id) VALUES (?)", (id,)).rowcount
            if added:
                send_mail(json.loads(record["body"])["to"])
    database.close()


def alternative(event: Event, context: object) -> None:
    database = sqlite3.connect(os.environ["SENT"])
    for record in event["Records"]:
        try:
            with database:
                database.execute("INSERT INTO sent (id) VALUES (?)", (record["messageId"],))
                send_mail(json.loads(record["body"])["to"])
        except sqlite3.IntegrityError:  # this message was here before
            continue
    database.close()


def every_time(event: Event, context: object) -> None:
    for record in event["Records"]:
        send_mail(json.loads(record["body"])["to"])


SEEN = set()


def remembers_itself(event: Event, context: object) -> None:
    for record in event["Records"]:
        if record["messageId"] not in SEEN:
            SEEN.add(record["messageId"])
            send_mail(json.loads(record["body"])["to"])


def noted_before_it_is_sent(event: Event, context: object) -> None:
    database = sqlite3.connect(os.environ["SENT"])
    for record in event["Records"]:
        id = record["messageId"]
        with database:
            added = database.execute("INSERT OR IGNORE INTO sent (id) VALUES (?)", (id,)).rowcount
        if added:
            send_mail(json.loads(record["body"])["to"])
    database.close()


def once_for_an_address(event: Event, context: object) -> None:
    database = sqlite3.connect(os.environ["SENT"])
    for record in event["Records"]:
        with database:
            to = json.loads(record["body"])["to"]
            added = database.execute("INSERT OR IGNORE INTO sent (id) VALUES (?)", (to,)).rowcount
            if added:
                send_mail(to)
    database.close()


FRAME = """\
import json
import os
import sqlite3


def send_mail(to):
    with open(os.environ["MAILBOX"], "a") as mails:
        print(to, file=mails)


@server.function("mailer")
def mailer(event, context):
    database = sqlite3.connect(os.environ["SENT"])
    for record in event["Records"]:
        with database:  # commits at its end, or takes all back if something raises
            id = ...
            added = database.execute("INSERT OR IGNORE INTO sent (id) VALUES (?)", (id,)).rowcount
            if ...:
                send_mail(json.loads(record["body"])["to"])
    database.close()
"""

EXERCISE = Exercise(
    id="serverless-mail",
    title="A mail that is sent once",
    endpoint="mailer",
    decorator="function",
    check=check,
    hints=(
        "What is the same in both deliveries of one message, and different in two messages?",
        "The table takes each id once, and `added` says how many rows were added.",
        'The gaps are record["messageId"] and added.',
    ),
    solution=solution,
    alternative=alternative,
    wrong=(
        Wrong(every_time, "sends no second mail"),
        Wrong(remembers_itself, "sends no second mail"),
        Wrong(noted_before_it_is_sent, "is sent at the next delivery"),
        Wrong(once_for_an_address, "another message to the same address"),
    ),
    afterthought="Note the id and do the work in one transaction: both happen, or neither.\n"
    "If the process dies between mail and commit, the mail is sent twice: better than not at all.",
    frame=FRAME,
    stub="mailer",
)
