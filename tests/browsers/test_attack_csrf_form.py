"""A form of another page sends itself; in real browsers, against weak and mended servers."""

from tests.support.attack_cases import Case
from tests.support.attack_runs import Judge, each
from tests.support.attack_runs import judged as judged


@each("csrf-form", "csrf-sibling", "csrf-port")
def test_a_form_that_sends_itself(judged: Judge, case: Case, engine: str) -> None:
    judged(case, engine)
