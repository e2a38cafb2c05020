"""What a class needs: the lessons in several editions, for students, teachers and the projector.

It may import classroom and minisrv; nothing in those imports it, and no lesson needs it.
"""

import os
import sys
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = ROOT / "notebooks"

# nbformat reaches this module through jsonschema, which does without it: it compiles a grammar for
# two seconds, in each command, and no notebook needs it. None makes the import raise ImportError.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

if find_spec("classroom") is None:  # a command runs in the root, classroom is one below
    sys.path.insert(0, str(NOTEBOOKS))


def from_where_called(folder: Path) -> Path:
    """Return a folder as it was meant where course.py was called; that runs all in the root."""
    return Path(os.environ.get("COURSE_CALLED_FROM", "."), folder).resolve()
