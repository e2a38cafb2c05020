"""The cell magic `%%expect` in a real kernel."""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from tests.support.paths import NOTEBOOKS, ROOT

SET_UP = "import sys; sys.path[:0] = {paths}\nfrom classroom import expect\nexpect.register()"


def test_in_a_kernel_values_are_displayed_and_failures_are_red(tmp_path: Path) -> None:
    start = SET_UP.format(paths=[str(ROOT), str(NOTEBOOKS)])
    good = "%%expect ZeroDivisionError\ndef f():\n    1 / 0\nf()"
    value = (
        "%%expect AssertionError\nfrom IPython.display import display\ndisplay(7)\nassert 0, 'no'"
    )
    last = "%%expect TypeError\n7"
    cells = [nbformat.v4.new_code_cell(source) for source in (start, good, value, last)]
    notebook = nbformat.v4.new_notebook(cells=cells)
    with pytest.raises(CellExecutionError, match="TypeError was expected, but nothing was raised"):
        NotebookClient(notebook, timeout=60, resources={"metadata": {"path": tmp_path}}).execute()
    outputs = [[_shown(output) for output in cell.outputs] for cell in cells]
    assert outputs[:3] == [
        [],
        ["ZeroDivisionError: division by zero\n"],
        ["7", "AssertionError: no\n"],
    ]
    assert outputs[3][0] == "7"


def _shown(output: nbformat.NotebookNode) -> str:
    return output.get("text") or output.get("data", {}).get("text/plain") or output.ename
