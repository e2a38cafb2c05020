"""A sibling's script reads an answer that CORS opens to anybody; in real browsers."""

from tests.support.attack_cases import Case
from tests.support.attack_runs import Judge, each
from tests.support.attack_runs import judged as judged


@each("cors")
def test_a_script_that_reads_across_origins(judged: Judge, case: Case, engine: str) -> None:
    judged(case, engine)
