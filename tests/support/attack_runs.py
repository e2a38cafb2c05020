"""One attack of the stage in real browsers, as a test: it works or fails where it should.

A test module names its attacks and takes `case`, `engine` and `judged` from here. Left out: the
cases themselves (attack_cases.py).
"""

from collections.abc import Callable, Iterator

import pytest

from classroom.attack_lab import Outcome, Stage
from classroom.server.server import Server
from tests.support.attack_cases import Case, cases
from tests.support.real_browsers import ENGINES, found

Judge = Callable[[Case, str], None]


def each(*attacks: str) -> pytest.MarkDecorator:
    """Return the mark that runs a test for each case of these attacks, in each engine."""
    mine = cases(*attacks)
    of_all = [
        pytest.param(case, engine, id=f"{case.id}, {engine}") for case in mine for engine in ENGINES
    ]
    return pytest.mark.parametrize(("case", "engine"), of_all)


@pytest.fixture(scope="module")
def judged() -> Iterator[Judge]:
    """Lend a judge, who carries out all cases of an attack at the first that is asked for."""
    server = Server(bcrypt_cost=4)
    stage, outcomes = Stage(server), {}

    def judge(case: Case, engine: str) -> None:
        found(engine)  # skips where it is not installed
        if case.id not in outcomes:
            mine = cases(case.attack)
            came = stage.outcomes(case.attack, [one.changes for one in mine])
            outcomes.update({one.id: what for one, what in zip(mine, came, strict=True)})
        hold(case, engine, outcomes[case.id])

    yield judge
    stage.close()
    server.stop()


def hold(case: Case, engine: str, outcome: Outcome) -> None:
    """Assert that the attack did what its case says, here and as it was recorded."""
    row = outcome.rows[engine]
    assert row.here, row.how
    assert row.works == (engine in case.works_in), row.seen
    if case.sent is not None:
        sent = engine in case.sent
        assert row.seen["cookie"] == ("sent" if sent else "–"), row.seen
    assert {column: row.seen[column] for column in case.seen} == case.seen
    assert row.otherwise == "", "record it anew: python -m tests.record_attacks"
