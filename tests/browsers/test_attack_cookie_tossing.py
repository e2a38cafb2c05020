"""A sibling sets a cookie for the parent domain; in real browsers, both directions."""

from tests.support.attack_cases import Case
from tests.support.attack_runs import Judge, each
from tests.support.attack_runs import judged as judged


@each("cookie-tossing")
def test_a_sibling_that_tosses_a_cookie(judged: Judge, case: Case, engine: str) -> None:
    judged(case, engine)
