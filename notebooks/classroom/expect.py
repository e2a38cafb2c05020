"""`%%expect Name`: a cell whose lesson is the error that it raises, shown in one line.

Left out: `await` at the top of the cell; wrap it in a function and run that.
"""

import ast
from types import CodeType

from IPython import get_ipython
from IPython.core.interactiveshell import InteractiveShell

from classroom.display.text import labelled


def register(shell: InteractiveShell | None = None) -> None:
    """Register `%%expect` with `shell`, by default the running one; do nothing if there is none."""
    shell = shell or get_ipython()
    if shell is not None:
        shell.register_magic_function(expect, "cell")


class _Awaits(Exception):
    """The cell awaits something outside of any function."""


def expect(line: str, cell: str) -> None:
    """Run `cell` in the notebook's namespace and print the error that `line` names, in one line.

    The name may be that of a base class. Raises AssertionError if nothing, or another error, was
    raised, ValueError if `line` is no name.
    """
    name = line.strip().rpartition(".")[2]
    if not name.isidentifier():
        raise ValueError("Write the error's name after it, such as: %%expect ValueError")
    shell = get_ipython()
    try:
        for code in _compiled(shell, cell):
            exec(code, shell.user_ns)
    except _Awaits as error:
        raise AssertionError(str(error)) from None
    except Exception as error:
        message = labelled(f"{type(error).__name__}: {error}".rstrip(": "))
        if name not in {kind.__name__ for kind in type(error).__mro__}:
            raise AssertionError(f"{name} was expected, but this was raised: {message}") from error
        print(message)
        return
    raise AssertionError(f"{name} was expected, but nothing was raised.")


def _compiled(shell: InteractiveShell, cell: str) -> list[CodeType]:
    """Return the cell's code, its last line apart if that has a value: IPython displays it then."""
    source = shell.transform_cell(cell)
    # Known to linecache, so that tracebacks and `compare` find the lines.
    name = shell.compile.cache(source, shell.execution_count, raw_code=cell)
    tree = ast.parse(source, name)
    last = [tree.body.pop()] if tree.body and isinstance(tree.body[-1], ast.Expr) else []
    try:
        return [compile(tree, name, "exec"), compile(ast.Interactive(last), name, "single")]
    except SyntaxError as error:
        if "outside function" in str(error) and "await" in source:
            raise _Awaits("%%expect runs no top-level await: put it in a function.") from None
        raise
