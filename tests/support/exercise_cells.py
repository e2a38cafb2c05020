"""The cells in which exercises are written, and a way to run a cell without Jupyter.

Left out: kernels (kernels.py).
"""

import ast
import linecache
import re
import symtable
from collections.abc import Mapping, Set
from functools import cache
from pathlib import Path

from classroom import check
from classroom.checking.used_names import used_in
from classroom.checking.verdict import Verdict
from classroom.server.server import Server
from tests.support.notebooks import PATHS, cells

STUB = re.compile(r'^check\("([\w-]+)"\)$', re.MULTILINE)


def run(cell: str, namespace: dict[str, object]) -> None:
    """Run a cell as IPython does: its lines can be found for a traceback."""
    name = f"<cell {abs(hash(cell))}>"
    linecache.cache[name] = (len(cell), None, cell.splitlines(keepends=True), name)
    exec(compile(cell, name, "exec"), namespace)


def verdict_on(server: Server, cell: str) -> Verdict:
    """Run a cell that ends with check(...) after the lesson's first cell; return the verdict."""
    server.reset()
    verdicts = []
    names: dict[str, object] = {}
    exec("from classroom import *", names)
    names |= {"server": server, "check": lambda id: verdicts.append(check(id))}
    run(cell, names)
    (found,) = verdicts
    return found


def lesson_of(id: str) -> tuple[Path, list[str]]:
    """Return the notebook that asks the exercise, and its code cells."""
    for path in PATHS:
        code = _code_of(path)
        if id in STUB.findall("\n".join(code)):
            return path, code
    raise LookupError(id)


def stub_of(id: str) -> str:
    """Return the cell of the notebook in which the exercise is to be written."""
    return next(cell for cell in lesson_of(id)[1] if id in STUB.findall(cell))


def bound(cell: str) -> dict[str, str]:
    """Return the names that a cell binds outside of functions, each with the place it is from."""
    names = {}
    for node in ast.parse(_plain(cell)).body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            place = getattr(node, "module", "")
            names |= {one.asname or one.name: f"{place} {one.name}" for one in node.names}
        elif not isinstance(node, ast.AsyncFunctionDef | ast.FunctionDef):
            stored = (one for one in ast.walk(node) if isinstance(one, ast.Name))
            names |= {one.id: "assigned" for one in stored if isinstance(one.ctx, ast.Store)}
    return names


def names_missing(code: Mapping[str, str], run: Set[str]) -> list[str]:
    """Return "ID uses NAME" for each name that a cell of `run` finds in no cell of `run` above it.

    `code` has the code cells of a lesson by their ids. Left out: names of Python, and those of
    `from classroom import *`, which no cell assigns.
    """
    above, there, missing = set(), set(), []
    for id, cell in code.items():
        own = _assigned(_plain(cell))
        if id in run:
            there |= own
            missing += [
                f"{id} uses {name}" for name in sorted((used_in(_plain(cell)) & above) - there)
            ]
        above |= own
    return missing


def _assigned(cell: str) -> set[str]:
    """Return the names that a cell imports, assigns or defines, outside of functions."""
    names = symtable.symtable(cell, "<cell>", "exec").get_symbols()
    return {one.get_name() for one in names if one.is_imported() or one.is_assigned()}


@cache
def _code_of(path: Path) -> list[str]:
    return [cell["source"] for cell in cells(path, "code")]


def _plain(cell: str) -> str:
    return "\n".join(line for line in cell.splitlines() if not line.startswith("%"))
