"""Find a call in a student's cell whose coroutine nobody awaits, such as `sessions.end(request)`.

Python then runs nothing of the function, and raises no error. Left out: a coroutine that is kept in
a variable, where the first use of the value raises; a name that the function binds itself; and what
a property returns, because looking for it must not run code of the student.
"""

import ast
from collections.abc import Mapping
from inspect import getattr_static
from inspect import iscoroutinefunction as _is_async

from classroom.server.student_cell import StudentCell

SENTENCE = "Is `await` missing in line {}? {}"


def forgotten_await(cell: StudentCell) -> str:
    """Return a sentence that names the line of the first such call, or "" if there is none."""
    for node in ast.walk(cell.tree()):
        call = node.value if isinstance(node, ast.Expr) else None
        if isinstance(call, ast.Call) and _is_async(_value(call.func, cell.names)):
            return SENTENCE.format(*cell.line(node.lineno))
    return ""


def _value(node: ast.expr, names: Mapping[str, object]) -> object:
    """Return what a name such as `end` or `sessions.end` means, or None if that is not known."""
    if isinstance(node, ast.Name):
        return names.get(node.id)
    if isinstance(node, ast.Attribute):
        return getattr_static(_value(node.value, names), node.attr, None)
    return None
