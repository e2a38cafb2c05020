"""The cells in which exercises are written, and a way to run a cell without Jupyter.

Left out: kernels (kernels.py).
"""

import ast
import linecache
import re
from pathlib import Path

from classroom import check
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
        code = [cell["source"] for cell in cells(path, "code")]
        if id in STUB.findall("\n".join(code)):
            return path, code
    raise LookupError(id)


def stub_of(id: str) -> str:
    """Return the cell of the notebook in which the exercise is to be written."""
    return next(cell for cell in lesson_of(id)[1] if id in STUB.findall(cell))


def bound(cell: str) -> dict[str, str]:
    """Return the names that a cell binds outside of functions, each with the place it is from."""
    names = {}
    plain = "\n".join(line for line in cell.splitlines() if not line.startswith("%"))
    for node in ast.parse(plain).body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            place = getattr(node, "module", "")
            names |= {one.asname or one.name: f"{place} {one.name}" for one in node.names}
        elif not isinstance(node, ast.AsyncFunctionDef | ast.FunctionDef):
            stored = (one for one in ast.walk(node) if isinstance(one, ast.Name))
            names |= {one.id: "assigned" for one in stored if isinstance(one.ctx, ast.Store)}
    return names
