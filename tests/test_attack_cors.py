"""A sibling's script reads an answer that CORS opens to anybody; in real browsers."""

from attack_cases import Case
from attack_runs import Judge, each
from attack_runs import judged as judged


@each("cors")
def test_a_script_that_reads_across_origins(judged: Judge, case: Case, engine: str) -> None:
    judged(case, engine)
