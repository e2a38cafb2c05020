"""Run an attack of the attack lab in real browsers, and check that it does what its case says.

The cases themselves are in attack_cases.py.
"""

from collections.abc import Callable, Iterator

import pytest

from classroom.attack_lab import AttackLab, Outcome
from classroom.server.server import Server
from tests.support.attack_cases import CASES, Case, cases
from tests.support.real_browsers import ENGINES, found

Judge = Callable[[Case, str], None]


def by_day(case: Case, engine: str = "chromium") -> bool:
    """Return True for the first case of an attack that works and the first that fails.

    This is so in Chromium. All cases of other engines are slow.
    """
    same = [one for one in cases(case.attack) if bool(one.works_in) == bool(case.works_in)]
    return case == same[0] and engine == "chromium"


EACH = pytest.mark.parametrize(
    ("case", "engine"),
    [
        pytest.param(
            case,
            engine,
            id=f"{case.id}, {engine}",
            marks=() if by_day(case, engine) else pytest.mark.slow,
        )
        for case in CASES
        for engine in ENGINES
    ],
)


@pytest.fixture(scope="module")
def judged() -> Iterator[Judge]:
    """Yield a function that runs all cases of an attack when the first of them is asked for."""
    server = Server(bcrypt_cost=4)
    lab, outcomes = AttackLab(server), {}

    def judge(case: Case, engine: str) -> None:
        found(engine)  # skips where it is not installed
        if (case.id, engine) not in outcomes:
            day = by_day(case, engine)
            same = [one for one in cases(case.attack) if by_day(one, engine) == day]
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv("LAB_BROWSER", engine)
                came = lab.outcomes(case.attack, [one.changes for one in same])
            outcomes.update({(one.id, engine): what for one, what in zip(same, came, strict=True)})
        hold(case, engine, outcomes[case.id, engine])

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
