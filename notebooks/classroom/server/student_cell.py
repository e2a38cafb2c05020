"""The cell in which a student wrote a route, as source code.

Left out: how a source is displayed (display/source.py).
"""

import ast
import inspect
import linecache
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from textwrap import dedent


@dataclass(frozen=True)
class StudentCell:
    """Source code as it was written, the number of its first line, and the names around it."""

    text: str
    first: int = 1
    names: Mapping[str, object] = field(default_factory=dict, compare=False, repr=False)

    def tree(self) -> ast.Module:
        """Return the syntax tree of the text; an empty one if the text is not Python by itself."""
        try:
            return ast.parse(self.text)
        except SyntaxError:  # a part of a line, as of a lambda
            return ast.Module([], [])

    def line(self, number: int) -> tuple[int, str]:
        """Return where the line `number` of the tree stands, and its text."""
        # splitlines would end a line at a form feed and at U+2028, too; Python does not.
        return self.first + number - 1, self.text.split("\n")[number - 1].strip()


def cell_of(endpoint: Callable[..., object]) -> StudentCell:
    """Return the cell in which `endpoint` is written; of a file, only the function itself.

    The text is empty if it is not known, as for a function made by exec.
    """
    function = inspect.unwrap(endpoint)
    code, names = getattr(function, "__code__", None), getattr(function, "__globals__", {})
    if code is not None and is_cell(code.co_filename):
        return StudentCell("".join(linecache.getlines(code.co_filename)), names=names)
    try:
        lines, first = inspect.getsourcelines(function)
    except (OSError, TypeError):
        return StudentCell("")
    return StudentCell(dedent("".join(lines)), first, names)


def is_cell(filename: str) -> bool:
    """Return True for the name that a cell's code has in place of a file's.

    ipykernel names a cell after its process and a checksum, IPython <ipython-input-…>. Code that a
    library makes by exec, as dataclasses and SQLAlchemy do, has other names in angle brackets.
    """
    made = filename.startswith(("<frozen", "<string>", "<sqlalchemy"))
    return "ipykernel_" in filename or (filename.startswith("<") and not made)
