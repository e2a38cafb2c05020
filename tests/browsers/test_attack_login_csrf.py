"""A form of another site signs the visitor in as Mallory; in real browsers, both directions."""

from tests.support.attack_cases import Case
from tests.support.attack_runs import Judge, each
from tests.support.attack_runs import judged as judged


@each("login-csrf")
def test_a_form_that_signs_in(judged: Judge, case: Case, engine: str) -> None:
    judged(case, engine)
