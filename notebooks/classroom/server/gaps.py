"""The gaps (`...`) that are still in the source of a student's route.

A frame in a lesson has gaps to be filled. An Ellipsis inside of square brackets is none, because
`tuple[int, ...]` and `values[..., 0]` are Python that somebody may want.
"""

import ast
import inspect
import linecache
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from textwrap import dedent

SENTENCE = "There is still a gap (`...`) in line {}: {}"


@dataclass(frozen=True)
class Source:
    """Source code as it was written, the number of its first line, and the names around it."""

    text: str
    first: int = 1
    names: Mapping[str, object] = field(default_factory=dict, compare=False, repr=False)

    def gap(self) -> str:
        """Return the sentence on the first gap, with its line; "" if there is none."""
        try:
            finder = _Finder()
            finder.visit(ast.parse(self.text))
        except SyntaxError:  # a part of a line, as of a lambda
            return ""
        if not finder.lines:
            return ""
        line = self.text.splitlines()[finder.lines[0] - 1].strip()
        return SENTENCE.format(self.first + finder.lines[0] - 1, line)


class _Finder(ast.NodeVisitor):
    def __init__(self) -> None:
        self.lines: list[int] = []

    def visit_Subscript(self, node: ast.Subscript) -> None:
        self.visit(node.value)

    def visit_Constant(self, node: ast.Constant) -> None:
        if node.value is ...:
            self.lines.append(node.lineno)


def source_of(endpoint: Callable[..., object]) -> Source:
    """Return the cell in which `endpoint` is written; of a file, only the function itself.

    The text is empty if it is not known, as for a function made by exec.
    """
    function = inspect.unwrap(endpoint)
    code, names = getattr(function, "__code__", None), getattr(function, "__globals__", {})
    if code is not None and is_cell(code.co_filename):
        return Source("".join(linecache.getlines(code.co_filename)), names=names)
    try:
        lines, first = inspect.getsourcelines(function)
    except (OSError, TypeError):
        return Source("")
    return Source(dedent("".join(lines)), first, names)


def is_cell(filename: str) -> bool:
    """Return True for the name that a cell's code has in place of a file's.

    ipykernel names a cell after its process and a checksum, IPython <ipython-input-…>.
    """
    return "ipykernel_" in filename or filename.startswith("<")
