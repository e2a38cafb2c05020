"""Compare two routes, or two exchanges, line by line.

Left out: the helpers that a route calls; docstrings and decorators, which do not run per request.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

import requests
from markupsafe import Markup
from starlette.routing import Route

from classroom.display import html
from classroom.display.displayable import Displayable
from classroom.display.highlight import highlighted_lines
from classroom.display.source import function_of, name_of, source_lines
from classroom.display.text import visible
from classroom.exchanges.exchange import Exchange
from classroom.server.show import view_of

Comparable = Callable[..., object] | Route | Exchange | requests.Response
Kind = Literal["equal", "removed", "added", "skipped"]
AROUND = 2  # unchanged lines shown before and after each difference
_SIGNS = {"equal": " ", "removed": "−", "added": "+", "skipped": "…"}
_RESPONSES = (Exchange, requests.Response)


@dataclass(frozen=True)
class Line:
    """One line: in both texts, only in the left one, only in the right one, or lines left out."""

    kind: Kind
    text: str = ""


@dataclass(frozen=True, repr=False)
class Comparison(Displayable):
    """Two named texts, each a sequence of lines; `code` says that they are Python."""

    left: str
    right: str
    before: Sequence[str]
    after: Sequence[str]
    code: bool

    def lines(self, around: int) -> list[Line]:
        """Return the differing lines with `around` equal ones beside them, removed before added.

        One line of the kind "skipped" stands for each stretch of lines that is left out.
        """
        found, end = [], 0
        matcher = SequenceMatcher(None, self.before, self.after, autojunk=False)
        for group in matcher.get_grouped_opcodes(around):
            found += [Line("skipped")] if group[0][1] > end else []
            for tag, i, j, k, m in group:
                if tag == "equal":
                    found += [Line("equal", text) for text in self.before[i:j]]
                else:
                    found += [Line("removed", text) for text in self.before[i:j]]
                    found += [Line("added", text) for text in self.after[k:m]]
            end = group[-1][2]
        return found + ([Line("skipped")] if found and end < len(self.before) else [])

    def count(self, kind: Kind) -> int:
        """Return the number of lines of that kind, "added" or "removed"."""
        return sum(line.kind == kind for line in self.lines(AROUND))

    def as_text(self) -> str:
        """Return the counts, both names, and the differences with AROUND equal lines beside."""
        lines = self.lines(AROUND)
        if not lines:
            return self._summary()
        names = [f"− {visible(self.left)}", f"+ {visible(self.right)}", ""]
        shown = [f"{_SIGNS[line.kind]} {visible(line.text)}".rstrip() for line in lines]
        return "\n".join([self._summary(), *names, *shown])

    def as_html(self) -> Markup:
        """Return the differences: of code below one another, of exchanges side by side."""
        removed, added = ("removed", self.left), ("added", self.right)
        lines = self.lines(AROUND if self.code else max(len(self.before), len(self.after)))
        if not lines:
            columns = []
        elif self.code:
            columns = [([removed, added], _highlighted(lines))]
        else:
            columns = [([removed], _without("added", lines)), ([added], _without("removed", lines))]
        return html.render("comparison", summary=self._summary(), columns=columns, signs=_SIGNS)

    def _summary(self) -> str:
        added, removed = self.count("added"), self.count("removed")
        if not added + removed:
            return visible(f"no difference between {self.left} and {self.right}")
        return f"{added} {'line' if added == 1 else 'lines'} added, {removed} removed"


def _highlighted(lines: Sequence[Line]) -> list[tuple[Kind, str]]:
    shown = highlighted_lines("\n".join(visible(line.text) for line in lines))
    return [(line.kind, text) for line, text in zip(lines, shown, strict=True)]


def _without(kind: Kind, lines: Sequence[Line]) -> list[tuple[Kind, str]]:
    return [(line.kind, line.text) for line in lines if line.kind != kind]


def compare(one: Comparable, other: Comparable) -> Comparison:
    """Return the lines that must change in `one` to make it `other`; they display themselves.

    Takes two functions or Starlette Routes, or two exchanges or responses. TypeError for anything
    else, ValueError if Python does not know the source.
    """
    if isinstance(one, _RESPONSES) and isinstance(other, _RESPONSES):
        first, second = view_of(one).exchange, view_of(other).exchange
        before, after = first.as_text().split("\n"), second.as_text().split("\n")
        return Comparison(_title(first), _title(second), before, after, code=False)
    wanted = "compare takes two functions, routes or exchanges"
    left, right = function_of(one, wanted), function_of(other, wanted)
    before = _methods(one, other) + source_lines(left)
    after = _methods(other, one) + source_lines(right)
    return Comparison(name_of(left), name_of(right), before, after, code=True)


def _methods(thing: object, other: object) -> list[str]:
    """Return a line that names the methods of a Route, if those of the other one differ."""
    if isinstance(thing, Route) and isinstance(other, Route) and thing.methods != other.methods:
        return [f"# answers {', '.join(sorted(thing.methods or ()))}"]
    return []


def _title(exchange: Exchange) -> str:
    return visible(f"{exchange.method} {exchange.path} → {exchange.status}")
