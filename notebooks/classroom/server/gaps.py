"""The gaps (`...`) that are still in the source of a student's route.

A frame in a lesson has gaps to be filled. An Ellipsis inside of square brackets is none, because
`tuple[int, ...]` and `values[..., 0]` are Python that somebody may want.
"""

import ast

from classroom.server.student_cell import StudentCell

SENTENCE = "There is still a gap (`...`) in line {}: {}"


def first_gap(cell: StudentCell) -> str:
    """Return the sentence on the first gap, with its line; "" if there is none."""
    finder = _Finder()
    finder.visit(cell.tree())
    return SENTENCE.format(*cell.line(finder.lines[0])) if finder.lines else ""


class _Finder(ast.NodeVisitor):
    def __init__(self) -> None:
        self.lines: list[int] = []

    def visit_Subscript(self, node: ast.Subscript) -> None:
        self.visit(node.value)

    def visit_Constant(self, node: ast.Constant) -> None:
        if node.value is ...:
            self.lines.append(node.lineno)
