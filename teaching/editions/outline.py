"""What to type in a cell, as a comment: its statements, with `…` in place of long values."""

import ast

HERE = "# Type here:"
LONGEST = 30  # characters of a value that is worth reading out
VALUES = (
    *(ast.Constant, ast.JoinedStr, ast.Dict, ast.List, ast.Tuple, ast.Set, ast.Lambda),
    *(ast.BinOp, ast.BoolOp, ast.Compare, ast.IfExp),
    *(ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp),
)


def outlined(source: str) -> str:
    """Return the imports of a cell, and an outline of all else as a comment."""
    body = ast.parse(source).body
    imports = [node for node in body if isinstance(node, ast.Import | ast.ImportFrom)]
    rest = [Outline().visit(node) for node in body if node not in imports]
    lines = [line for node in rest for line in ast.unparse(node).splitlines() if line]
    comment = [HERE, *(f"#   {line}" for line in lines)] if lines else []
    head = "\n".join(map(ast.unparse, imports))
    return "\n\n".join(filter(None, (head, "\n".join(comment))))


class Outline(ast.NodeTransformer):
    """Write `…` for a long value, and leave all else."""

    def visit(self, node: ast.AST) -> ast.AST:
        """Return the node, or `…` in its place."""
        is_target = isinstance(getattr(node, "ctx", None), ast.Store)
        if isinstance(node, VALUES) and not is_target and len(ast.unparse(node)) > LONGEST:
            return ast.Name("…")
        return self.generic_visit(node)
