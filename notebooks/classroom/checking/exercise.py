"""What an exercise consists of; each one is a module in exercises/ with one of these, EXERCISE."""

from collections.abc import Callable
from dataclasses import dataclass

from starlette.routing import Route

from classroom.checking.visit import Visit

Answer = Callable[..., object] | Route


@dataclass(frozen=True)
class Wrong:
    """A plausible wrong answer, and words that the check's reason must hold when it refuses it."""

    answer: Answer
    reason: str


@dataclass(frozen=True)
class Exercise:
    """One exercise: `check` takes a Visit, returns when the route at `endpoint` is right, and else
    raises by way of `visit.expect`. The prompt stands in the notebook, under the same id.
    """

    id: str
    title: str
    endpoint: str
    check: Callable[[Visit], None]
    hints: tuple[str, str, str]  # one sentence each: where to look, the mechanism, the exact place
    solution: Answer
    alternative: Answer
    wrong: tuple[Wrong, ...]
    afterthought: str  # at most three lines: how one could have thought of it
    solution_lead: str = "One answer:"
    alternative_lead: str = "Another that is as right:"
