"""A link of another site whose address does something; in real browsers, both directions."""

from tests.support.attack_cases import Case
from tests.support.attack_runs import Judge, each
from tests.support.attack_runs import judged as judged


@each("csrf-link")
def test_a_link_that_does_something(judged: Judge, case: Case, engine: str) -> None:
    judged(case, engine)
