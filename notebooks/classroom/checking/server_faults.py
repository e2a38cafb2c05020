"""Faults of the server during a sign-up, which are nobody's duplicate and no visitor's mistake.

Two faults are made: the table of users is lost, and a trigger rejects each new row.
"""

from classroom.checking.visit import Visit

EMAIL, PASSWORD = "linus@trax.test", "midnight train to georgia"


def expect_fault_without_table(visit: Visit) -> None:
    """Lose the table of users, sign up, and raise NotYet unless the status says so.

    The table comes back empty.
    """
    visit.sql("DROP TABLE users")
    _expect_own_fault(visit, "a lost table")
    visit.start_over()


def expect_fault_with_trigger(visit: Visit) -> None:
    """Reject each new row by a trigger, which stays; sign up, and raise NotYet as above."""
    visit.sql("CREATE TRIGGER no BEFORE INSERT ON users BEGIN SELECT RAISE(ABORT, 'no'); END")
    _expect_own_fault(visit, "a row that a trigger rejects")


def _expect_own_fault(visit: Visit, cause: str) -> None:
    answer = visit.even_if_it_raises(lambda: visit.sign_up(EMAIL, PASSWORD))
    visit.expect(answer.status != 409, f"{cause} is not answered as a duplicate", answer)
    reason = f"{cause} is the server's fault: a status from 500 on"
    visit.expect(answer.status >= 500, reason, answer)
