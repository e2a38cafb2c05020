"""Show an error of a cell as one sentence and the student's own lines.

The frames of libraries and of this course are left out; `%tb` shows all of them. An error without
such frames is displayed as ever.
"""

from collections.abc import Iterator
from traceback import extract_tb
from types import TracebackType

from IPython import InteractiveShell

from classroom.display.text import visible
from classroom.server.cell_advice import cell_advice
from classroom.server.crash import CELL, Line
from classroom.server.student_cell import is_cell

WHOLE = "(%tb shows the whole traceback.)"


def register(shell: InteractiveShell) -> None:
    """Let `shell` show errors so; `set_custom_exc((), None)` undoes it."""
    shell.set_custom_exc((Exception, KeyboardInterrupt), _show)


def _show(
    shell: InteractiveShell,
    kind: type[BaseException],
    error: BaseException,
    trace: TracebackType,
    tb_offset: int | None = None,
) -> None:
    report = short(error, trace)
    if report:
        error._render_traceback_ = lambda: report  # IPython asks an exception for it
    try:
        shell.showtraceback((kind, error, trace), tb_offset=tb_offset)
    finally:
        if report:
            del error._render_traceback_


def short(error: BaseException, trace: TracebackType | None) -> list[str]:
    """Return the lines of the report, or none if the usual traceback is as short."""
    sentence, own = cell_advice(error, trace), list(_own_lines(trace))
    if not sentence and is_cell(extract_tb(trace)[-1].filename):
        return []
    message, *_ = str(error).splitlines() or [""]
    name, text = type(error).__name__, visible(sentence or message)
    said = f"{name}: {text}" if text else name
    return [said, *(f"  {line}" for line in own), WHOLE]


def _own_lines(trace: TracebackType | None) -> Iterator[Line]:
    for frame in extract_tb(trace):
        text = (frame.line or "").strip()
        if is_cell(frame.filename) and not text.startswith("get_ipython()"):  # a cell magic
            yield Line(CELL, frame.lineno or 0, text)
