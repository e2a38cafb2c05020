"""Apply the mutant named by COURSE_MUTANT in every Python process that has this folder on its path.

Python imports a module of this name by itself at its start. So the mutant is also in kernels and in
servers that a test starts. Without the variable nothing is changed.
"""

import os
import sys
from pathlib import Path


def apply(name: str) -> None:
    """Apply the mutant of that name."""
    root = Path(__file__).resolve().parents[3]
    sys.path[:0] = [str(root), str(root / "notebooks")]
    from tests.mutants.all import MUTANTS

    MUTANTS[name].apply()
    del sys.path[:2]


if "COURSE_MUTANT" in os.environ:
    apply(os.environ["COURSE_MUTANT"])
