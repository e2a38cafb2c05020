"""A form of another page sends itself; in real browsers, against weak and mended servers."""

from attack_cases import Case
from attack_runs import Judge, each
from attack_runs import judged as judged


@each("csrf-form", "csrf-sibling", "csrf-port")
def test_a_form_that_sends_itself(judged: Judge, case: Case, engine: str) -> None:
    judged(case, engine)
