"""Run an attack of the attack lab in real browsers, and check that it does what its case says.

The cases themselves are in attack_cases.py. By day one that works and one that fails are run in
Chromium, each day other ones. The slow tier has a seventh of all cases, in both engines.
"""

from collections.abc import Callable, Iterator

import pytest

from classroom.attack_lab import AttackLab, Outcome
from classroom.server.server import Server
from tests.support.attack_cases import CASES, Case
from tests.support.real_browsers import ENGINES, found
from tests.support.tiers import each_day, slow, turns

Judge = Callable[[Case, str], None]
IN_CHROMIUM = [(case, "chromium") for case in CASES]
ELSEWHERE = [(case, engine) for case in CASES for engine in ENGINES if engine != "chromium"]
EACH = pytest.mark.parametrize(
    ("case", "engine"),
    [
        *each_day(1, [(case, engine) for case, engine in IN_CHROMIUM if case.works_in]),
        *each_day(1, [(case, engine) for case, engine in IN_CHROMIUM if not case.works_in]),
        *[slow(*one) for one in turns(ELSEWHERE)],
    ],
    ids=lambda one: getattr(one, "id", one),
)


@pytest.fixture(scope="module")
def judged() -> Iterator[Judge]:
    """Yield a function that runs a case in one engine; its browsers stay open for the next one."""
    server = Server(bcrypt_cost=4)
    lab = AttackLab(server)

    def judge(case: Case, engine: str) -> None:
        found(engine)  # skips where it is not installed
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("LAB_BROWSER", engine)
            (outcome,) = lab.outcomes(case.attack, [case.changes])
        hold(case, engine, outcome)

    yield judge
    lab.close()
    server.stop()


def hold(case: Case, engine: str, outcome: Outcome) -> None:
    """Assert that the attack did what its case says, here and as it was recorded."""
    row = outcome.rows[engine]
    assert row.here, row.how
    assert row.works is (engine in case.works_in), (row.seen, row.how)
    if case.sent is not None:
        sent = engine in case.sent
        assert row.seen["cookie"] == ("sent" if sent else "–"), row.seen
    assert {column: row.seen[column] for column in case.seen} == case.seen
    assert row.difference == "", "record it again: python -m tests.record_attacks"
