"""The parts of an exercise. Each module in exercises/ defines one Exercise, called EXERCISE."""

from collections.abc import Callable
from dataclasses import dataclass

from starlette.routing import Route

from classroom.checking.function_visit import FunctionVisit
from classroom.checking.visit import Visit

Answer = Callable[..., object] | Route


@dataclass(frozen=True)
class Wrong:
    """A plausible wrong answer, and words that must be in the reason why the check rejects it."""

    answer: Answer
    reason: str


@dataclass(frozen=True)
class Exercise:
    """One exercise; its prompt is in the notebook, under the same id.

    `check` takes a Visit. It returns if the route at `endpoint` is right; otherwise `visit.expect`
    raises. With `decorator` "function" the answer is a plain function, plugged in by
    `@server.function(endpoint)`, and `check` takes a FunctionVisit.
    """

    id: str
    title: str
    endpoint: str
    check: Callable[[Visit], None] | Callable[[FunctionVisit], None]
    hints: tuple[str, str, str]  # one sentence each: where to look, the mechanism, the exact place
    solution: Answer
    alternative: Answer
    wrong: tuple[Wrong, ...]
    afterthought: str  # at most three lines: how one could have thought of it
    solution_lead: str = "One answer:"
    alternative_lead: str = "Another right answer:"
    stub: str = ""  # the function's name in the notebook, if it is not the endpoint's
    decorator: str = "endpoint"  # or "function"
    frame: str = ""  # the cell in the notebook without its check(...): code with gaps (`...`)
