"""`python -m teaching.editions.my_lessons`: lay a student's own copies into my-lessons/.

course.py runs it before it opens JupyterLab; the start of a hub or of Binder can run it as well.
Nothing is done, and nbformat is not even imported, if no lesson has changed since.
"""

import hashlib
import sys
from importlib import import_module

from teaching import NOTEBOOKS, ROOT
from teaching.editions.copies import Copies
from teaching.editions.sources import lessons

FOLDER = ROOT / "my-lessons"
MAKING = "Laying your own copies of the lessons into my-lessons ..."
CANNOT = "The folder my-lessons cannot be written ({}): open the lessons in notebooks instead."


def main() -> int:
    """Lay the copies and return the exit status; print a sentence if that cannot be done."""
    try:
        if not up_to_date():
            print(MAKING, flush=True)
            import_module("teaching.editions.student").make(lessons(), FOLDER)
            with Copies(FOLDER) as copies:
                copies.record.made_of = state()
    except OSError as error:
        print(CANNOT.format(error.strerror or error), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130  # as after Ctrl-C in a shell; half a copy was never written
    return 0


def up_to_date() -> bool:
    """Return True if the copies were made of what is here now, and none is missing."""
    there = all((FOLDER / lesson.file).is_file() for lesson in lessons())
    return there and Copies(FOLDER).record.made_of == state()


def state() -> str:
    """Return a digest of all that the copies are made of: the notebooks, and this code."""
    code = [path for path in (ROOT / "teaching" / "editions").glob("*.py")]
    pages = [NOTEBOOKS / "words.md", *(NOTEBOOKS / "images").glob("*.svg")]
    total = hashlib.sha256()
    for path in sorted([*code, *pages, *(lesson.path for lesson in lessons())]):
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


if __name__ == "__main__":
    sys.exit(main())
