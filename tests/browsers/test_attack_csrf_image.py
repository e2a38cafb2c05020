"""An image of another site whose address does something; in real browsers, both directions."""

from tests.support.attack_cases import Case
from tests.support.attack_runs import Judge, each
from tests.support.attack_runs import judged as judged


@each("csrf-image")
def test_an_image_that_does_something(judged: Judge, case: Case, engine: str) -> None:
    judged(case, engine)
