"""What is different between two routes, or between two exchanges, line by line.

Left out: what the helpers do that a route calls; docstrings and decorators, which run nothing.
"""

import ast
import inspect
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

import requests
from starlette.routing import Route

from classroom.compare_view import as_html, as_text
from classroom.display.displayable import Displayable
from classroom.display.text import visible
from classroom.exchanges.exchange import Exchange
from classroom.server.show import view_of

Comparable = Callable[..., object] | Route | Exchange | requests.Response
Kind = Literal["equal", "removed", "added"]
_ANSWERS = (Exchange, requests.Response)


@dataclass(frozen=True)
class Line:
    """One line of either side; `kind` says whether both have it, or only the one."""

    kind: Kind
    text: str


@dataclass(frozen=True, repr=False)
class Comparison(Displayable):
    """Two named texts as one list of lines, in which removed lines come before added ones."""

    left: str
    right: str
    lines: tuple[Line, ...]
    code: bool

    def count(self, kind: Kind) -> int:
        """Return how many lines are of that kind."""
        return sum(line.kind == kind for line in self.lines)

    def as_text(self) -> str:
        """Return the differences with two lines around each, and how many there are."""
        return as_text(self)

    def as_html(self) -> str:
        """Return the differences: of code below one another, of exchanges side by side."""
        return as_html(self)


def compare(one: Comparable, other: Comparable) -> Comparison:
    """Return what must change in `one` to make it `other`, for display.

    Takes two functions or Starlette Routes, or two exchanges or responses. TypeError for anything
    else, ValueError if Python does not know the source.
    """
    if isinstance(one, _ANSWERS) and isinstance(other, _ANSWERS):
        first, second = view_of(one).exchange, view_of(other).exchange
        lines = _lines(first.as_text().split("\n"), second.as_text().split("\n"))
        return Comparison(_title(first), _title(second), lines, code=False)
    left, right = _function(one), _function(other)
    lines = _lines(_methods(one, other) + _source(left), _methods(other, one) + _source(right))
    return Comparison(_name(left), _name(right), lines, code=True)


def _methods(thing: object, other: object) -> list[str]:
    """Return a line that says which methods a Route answers, where the two differ in that."""
    if isinstance(thing, Route) and isinstance(other, Route) and thing.methods != other.methods:
        return [f"# answers {', '.join(sorted(thing.methods or ()))}"]
    return []


def _name(function: Callable[..., object]) -> str:
    """Return the function's name; the rungs are all called signup, so theirs is the module's."""
    package, _, module = function.__module__.rpartition(".")
    return module if package == "minisrv.routes.signup" else function.__name__


def _title(exchange: Exchange) -> str:
    return visible(f"{exchange.method} {exchange.path} → {exchange.status}")


def _function(thing: object) -> Callable[..., object]:
    endpoint = inspect.unwrap(thing.endpoint if isinstance(thing, Route) else thing)
    if not inspect.isroutine(endpoint):
        name = type(thing).__name__
        raise TypeError(f"compare takes two functions, routes or exchanges, not a {name}.")
    return endpoint


def _source(function: Callable[..., object]) -> list[str]:
    try:
        lines = textwrap.dedent(inspect.getsource(function)).expandtabs().splitlines()
        (tree,) = ast.parse("\n".join(lines)).body
    except (OSError, TypeError, SyntaxError, ValueError):
        raise ValueError(f"The source of {function.__name__} is not known here.") from None
    assert isinstance(tree, ast.FunctionDef | ast.AsyncFunctionDef)
    noise = range(0)
    if ast.get_docstring(tree) and len(tree.body) > 1:
        noise = range(tree.body[0].lineno, (tree.body[0].end_lineno or 0) + 1)
    # The line of `def` comes after those of its decorators.
    return [
        line
        for number, line in enumerate(lines, start=1)
        if number >= tree.lineno and number not in noise
    ]


def _lines(left: list[str], right: list[str]) -> tuple[Line, ...]:
    found: list[Line] = []
    for tag, i, j, k, m in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [Line("equal", text) for text in left[i:j]]
        else:
            found += [Line("removed", text) for text in left[i:j]]
            found += [Line("added", text) for text in right[k:m]]
    return tuple(found)
