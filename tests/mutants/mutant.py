"""The list of mutants: ways to break the server or a library below it.

Each mutant is a function that replaces one attribute, as a careless update or a missing line would.
It names the test that kills it, and a notebook that kills it where one can. Left out: mutants that
change nothing a client could observe.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

MUTANTS: dict[str, "Mutant"] = {}


@dataclass(frozen=True)
class Mutant:
    """What to replace, the id of the test that kills it, and the stem of a notebook or "".

    `waits` if the test needs a real time-out of many seconds to kill it.
    """

    apply: Callable[[], None]
    test: str
    notebook: str
    waits: bool


def mutant(
    test: str, notebook: str = "", waits: bool = False
) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Register a function under its name, with dashes; `test` is an id below `tests/`."""

    def register(function: Callable[[], None]) -> Callable[[], None]:
        name = function.__name__.replace("_", "-")
        MUTANTS[name] = Mutant(function, f"tests/{test}", notebook, waits)
        return function

    return register


def wrapped(owner: Any, name: str, change: Callable[..., Any]) -> None:
    """Replace `owner.name` by a function that calls `change(original, *args, **kwargs)`."""
    original = getattr(owner, name)

    @wraps(original)
    def changed(*args: Any, **kwargs: Any) -> Any:
        return change(original, *args, **kwargs)

    setattr(owner, name, changed)
