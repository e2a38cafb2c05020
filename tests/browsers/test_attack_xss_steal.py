"""An injected script takes every secret that it can read; in real browsers, both directions."""

from tests.support.attack_cases import Case
from tests.support.attack_runs import Judge, each
from tests.support.attack_runs import judged as judged


@each("xss-steal")
def test_a_script_that_steals(judged: Judge, case: Case, engine: str) -> None:
    judged(case, engine)
