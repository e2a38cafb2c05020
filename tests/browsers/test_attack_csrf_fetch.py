"""A script of another site sends JSON as plain text; in real browsers, both directions."""

from tests.support.attack_cases import Case
from tests.support.attack_runs import Judge, each
from tests.support.attack_runs import judged as judged


@each("csrf-fetch")
def test_a_fetch_without_preflight(judged: Judge, case: Case, engine: str) -> None:
    judged(case, engine)
