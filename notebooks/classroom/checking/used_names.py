"""The imports and constants of a module that a piece of source needs, as source code.

Left out: comments on lines of their own between them.
"""

import ast
import symtable
from copy import copy


def needed_by(source: str, module: str) -> tuple[str, str]:
    """Return the imports and the other statements of `module` that `source` needs, in order.

    Both arguments are source code. An import names only what is needed, and a blank line stays
    between two groups of imports. Names that `module` does not bind are left out.
    """
    lines, tree = module.splitlines(), ast.parse(module).body
    texts = {node: "\n".join(lines[node.lineno - 1 : node.end_lineno]) for node in tree}
    names = _needed_names(source, list(texts.values()))
    imports, others, end = [], [], 0
    for node, text in texts.items():
        if not _bound_by(text) & names:
            continue
        if isinstance(node, ast.Import | ast.ImportFrom):
            if imports and "" in lines[end : node.lineno - 1]:
                imports.append("")
            imports.append(_trimmed(node, names))
            end = node.end_lineno
        else:
            others.append(text)
    return "\n".join(imports), "\n".join(others)


def _needed_names(source: str, statements: list[str]) -> set[str]:
    """Return the global names in `source`, and those in the statements that bind them."""
    names, new = set(), used_in(source)
    while new:
        names |= new
        binding = [statement for statement in statements if _bound_by(statement) & new]
        new = set().union(*map(used_in, binding)) - names
    return names


def _trimmed(node: ast.Import | ast.ImportFrom, names: set[str]) -> str:
    trimmed = copy(node)
    trimmed.names = [
        one for one in node.names if (one.asname or one.name.partition(".")[0]) in names
    ]
    return ast.unparse(trimmed)


def _bound_by(source: str) -> set[str]:
    """Return the names that `source` imports, assigns or defines at its top level."""
    top = symtable.symtable(source, "<cell>", "exec")
    return {one.get_name() for one in top.get_symbols() if one.is_imported() or one.is_assigned()}


def used_in(source: str) -> set[str]:
    """Return the names that `source` reads and that are local to none of its functions."""
    tables, names = [symtable.symtable(source, "<cell>", "exec")], set()
    while tables:
        table = tables.pop()
        tables += table.get_children()
        symbols = table.get_symbols()
        names |= {one.get_name() for one in symbols if one.is_referenced() and one.is_global()}
    return names
