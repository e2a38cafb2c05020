"""Break something in every Python process that starts with this folder on its path.

Python imports a module of this name by itself at the start. Left out: what is broken, and how; see
mutants.py. Without the variable COURSE_BREAKAGE nothing is touched.
"""

import os
import sys
from pathlib import Path


def apply() -> None:
    """Break what the variable names."""
    root = Path(__file__).resolve().parents[3]
    sys.path[:0] = [str(root), str(root / "notebooks")]
    from tests.mutants.mutants import BREAKAGES

    BREAKAGES[os.environ["COURSE_BREAKAGE"]].apply()
    del sys.path[:2]


# pytest must be up before libraries are imported, so there broken.py does the same a little later.
if "COURSE_BREAKAGE" in os.environ and "pytest" not in sys.orig_argv:
    apply()
