"""The attacks of the attack lab in real browsers, against weak servers and against ours.

Which of them are run today is said in tests/support/attack_runs.py.
"""

from tests.support.attack_cases import Case
from tests.support.attack_runs import EACH, Judge
from tests.support.attack_runs import judged as judged


@EACH
def test_an_attack_works_exactly_where_its_case_says(
    judged: Judge, case: Case, engine: str
) -> None:
    judged(case, engine)
