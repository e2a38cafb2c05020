"""Whatever was run before, in whatever order: a run from top to bottom shows what is committed.

So a student may wander about in a notebook and start over in the same kernel. Left out: what the
wandering itself shows, which may well be errors.
"""

import json
import random
from pathlib import Path

import pytest

from tests.support.kernels import NOTEBOOKS, Output, kernel

PATHS = sorted(NOTEBOOKS.glob("*.ipynb"))
each = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)


def code_cells(path: Path) -> list[dict]:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [cell for cell in cells if cell["cell_type"] == "code"]


def committed(cell: dict) -> str:
    """Return the text of a cell's committed outputs, as `Output.text` has it."""
    found = Output()
    for output in cell["outputs"]:
        if output["output_type"] == "stream":
            found.stdout += "".join(output["text"])
        else:
            found.shown.append({"text/plain": "".join(output["data"]["text/plain"])})
    return found.text


@each
def test_a_clean_run_follows_any_wandering(path: Path) -> None:
    cells = code_cells(path)
    sources = ["".join(cell["source"]) for cell in cells]
    wandering = random.Random(path.stem).sample(sources, len(sources))
    with kernel() as one:
        for source in wandering:
            one.run(source)  # it may raise; it may not write to stderr, nor hang
        for cell, source in zip(cells, sources, strict=True):
            found = one.run(source)
            assert not found.error, cell["id"]
            assert found.text == committed(cell), cell["id"]
