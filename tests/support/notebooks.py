"""The committed notebooks and their cells.

Left out: to run them (kernels.py).
"""

import json
from pathlib import Path

from tests.support.paths import NOTEBOOKS

CORE = sorted(NOTEBOOKS.glob("*.ipynb"))
DEEPER = sorted((NOTEBOOKS / "deeper").glob("*.ipynb"))
PATHS = CORE + DEEPER


def cells(path: Path, kind: str = "") -> list[dict]:
    """Return the cells of a notebook, all or those of a kind, each with its source as one text."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    found = [cell for cell in notebook["cells"] if not kind or cell["cell_type"] == kind]
    return [{**cell, "source": "".join(cell["source"])} for cell in found]
