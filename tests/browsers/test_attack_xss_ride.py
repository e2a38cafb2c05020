"""An injected script does what Ada could do; in real browsers, both directions."""

from tests.support.attack_cases import Case
from tests.support.attack_runs import Judge, each
from tests.support.attack_runs import judged as judged


@each("xss-ride")
def test_a_script_that_rides_the_session(judged: Judge, case: Case, engine: str) -> None:
    judged(case, engine)
